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
import { createRing, type RingOptions } from "./lib/create-ring.ts";
import { checkHeader } from "./lib/header.ts";
import { assertAudience, assertOrigin } from "./lib/key-options.ts";
import { parseJsonObject } from "./lib/strict-json.ts";
import { TokenCache } from "./lib/token-cache.ts";

export interface VerifierOptions extends RingOptions {
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
  const { now = () => Date.now(), isRevoked } = options;
  const issuer = assertOrigin(options.issuer);
  const audience = assertAudience(options.audience ?? ACCESS_TOKEN_AUDIENCE);
  const ring = createRing(options);
  const cache = new TokenCache<KnownToken>(options.cacheSize ?? DEFAULT_CACHE_SIZE);

  async function check(token: string): Promise<KnownToken> {
    const header = parseJsonObject(base64url.decode(readEncodedHeader(token)));
    const kid = checkHeader(header, ring.algorithm);
    if (typeof kid !== "string") throw new TokenKeyUnknownError();
    const key = await ring.find(kid);
    if (!key) throw new TokenKeyUnknownError();
    const payload = await verifySignature(token, key, ring.algorithm);
    return { kid, key, checked: readClaims(parseJsonObject(payload), { issuer, audience }) };
  }

  /** The cache's entry, as long as the key that it rests on counts. */
  function recall(token: string): KnownToken | undefined {
    const known = cache.get(token);
    return known && ring.trusts(known.kid, known.key) ? known : undefined;
  }

  return {
    async verify(token) {
      try {
        const known = recall(token);
        const found = known ?? (await check(token));
        assertInTime(found.checked, Math.floor(now() / 1000));
        assertLiving(found.checked.access.sessionId, isRevoked);
        if (!known) cache.set(token, found);
        return found.checked.access;
      } catch (error) {
        throw error instanceof BridgeError ? error : new VerifierUnavailableError({ cause: error });
      }
    },
  };
}

/** A token that was verified, with the key that did it. */
interface KnownToken {
  readonly kid: string;
  readonly key: CryptoKey;
  readonly checked: CheckedToken;
}

/** RFC 7515 §5.2 by jose, in constant time by the platform. Returns the payload. */
async function verifySignature(
  token: string,
  key: CryptoKey,
  algorithm: string,
): Promise<Uint8Array> {
  try {
    return (await compactVerify(token, key, { algorithms: [algorithm] })).payload;
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
