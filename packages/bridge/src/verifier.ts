import { base64url, compactVerify, errors } from "jose";
import { BridgeError } from "./bridge-error.ts";
import { ACCESS_TOKEN_AUDIENCE, DEFAULT_CACHE_SIZE } from "./constants.ts";
import {
  RevocationUnknownError,
  TokenKeyUnknownError,
  TokenRevokedError,
  TokenSignatureError,
  VerifierUnavailableError,
} from "./errors.ts";
import { assertInTime, type CheckedToken, readClaims, type VerifiedAccess } from "./lib/claims.ts";
import { readEncodedHeader } from "./lib/compact.ts";
import { checkHeader } from "./lib/header.ts";
import {
  assertAudience,
  assertOrigin,
  type KeyOptions,
  quiet,
  readKey,
  readRawKey,
} from "./lib/key-options.ts";
import { createKeyRing, JOSE_OPTIONS } from "./lib/key-ring.ts";
import { parseJsonObject } from "./lib/strict-json.ts";
import { TokenCache } from "./lib/token-cache.ts";

export interface VerifierOptions extends KeyOptions {
  /** Secrets that were current before and whose tokens are still accepted. */
  previousSecrets?: readonly string[] | undefined;
  /** The same for derived keys. */
  previousKeys?: readonly Uint8Array[] | undefined;
  /** The origin that issues; `iss` must be this very string. */
  issuer: string;
  /** `aud` must be this very string; `taskbridge-api` where nothing else is said. */
  audience?: string | undefined;
  /** Milliseconds since 1970, as `Date.now`. */
  now?: (() => number) | undefined;
  /** How many verified tokens are remembered (10 000); 0 for none. */
  cacheSize?: number | undefined;
  /**
   * Asked at every verification, remembered tokens included. Throws `RevocationUnknownError` (or
   * another `BridgeError`) where it cannot tell; anything else it throws is taken as that.
   */
  isRevoked?: ((sessionId: string) => boolean) | undefined;
}

export interface Verifier {
  /** Verifies an access token. Rejects with a `BridgeError` and nothing else, whatever it is given. */
  verify(token: string): Promise<VerifiedAccess>;
}

/**
 * Makes a verifier, once per process: it derives and imports its keys once and remembers the tokens
 * it has verified. Throws at once on a weak or missing secret and on a bad issuer.
 *
 * The order of the checks: form, header, key, signature; only then the claims are looked at. Who
 * does not hold the key learns nothing about what the claims should say.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const { now = Date.now, isRevoked } = options;
  const issuer = assertOrigin(options.issuer);
  const audience = assertAudience(options.audience ?? ACCESS_TOKEN_AUDIENCE);
  const keys = quiet(createKeyRing(readKeys(options)));
  const cache = new TokenCache<CheckedToken>(options.cacheSize ?? DEFAULT_CACHE_SIZE);

  async function check(token: string): Promise<CheckedToken> {
    const header = parseJsonObject(base64url.decode(readEncodedHeader(token)));
    const kid = checkHeader(header);
    const key = typeof kid === "string" ? (await keys).get(kid) : undefined;
    if (!key) throw new TokenKeyUnknownError();
    return readClaims(parseJsonObject(await verifySignature(token, key)), { issuer, audience });
  }

  return {
    async verify(token) {
      try {
        const known = cache.get(token);
        const checked = known ?? (await check(token));
        assertInTime(checked, Math.floor(now() / 1000));
        assertLiving(checked.access.sessionId, isRevoked);
        if (!known) cache.set(token, checked);
        return checked.access;
      } catch (error) {
        throw error instanceof BridgeError ? error : new VerifierUnavailableError({ cause: error });
      }
    },
  };
}

function readKeys(options: VerifierOptions): Promise<Uint8Array>[] {
  const { previousSecrets = [], previousKeys = [] } = options;
  return [
    readKey(options),
    ...previousSecrets.map((secret, at) => readKey({ secret }, `Previous secret ${at + 1}`)),
    ...previousKeys.map((key) => Promise.resolve(readRawKey(key))),
  ];
}

/** RFC 7515 §5.2 by jose, in constant time by the platform. Returns the payload. */
async function verifySignature(token: string, key: CryptoKey): Promise<Uint8Array> {
  try {
    return (await compactVerify(token, key, JOSE_OPTIONS)).payload;
  } catch (error) {
    // With a cause the platform failed: that says nothing about the token.
    const forged = error instanceof errors.JWSSignatureVerificationFailed && !error.cause;
    throw forged ? new TokenSignatureError() : error;
  }
}

function assertLiving(sessionId: string, isRevoked: VerifierOptions["isRevoked"]): void {
  if (!isRevoked) return;
  let revoked: unknown;
  try {
    revoked = isRevoked(sessionId);
  } catch (error) {
    throw error instanceof BridgeError ? error : new RevocationUnknownError({ cause: error });
  }
  // Anything but a plain "no" counts as yes.
  if (revoked !== false) throw new TokenRevokedError();
}
