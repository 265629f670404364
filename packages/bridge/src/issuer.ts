import { SignJWT } from "jose";
import {
  ACCESS_TOKEN_ALGORITHM,
  ACCESS_TOKEN_AUDIENCE,
  ACCESS_TOKEN_LIFETIME_SECONDS,
  ACCESS_TOKEN_TYPE,
} from "./constants.ts";
import { keyId } from "./keys.ts";
import { isIdentifier, isUserId } from "./lib/claims.ts";
import {
  assertAudience,
  assertOrigin,
  type KeyOptions,
  quiet,
  readKey,
} from "./lib/key-options.ts";
import { importHmacKey } from "./lib/key-ring.ts";

export interface IssuerOptions extends KeyOptions {
  /** The origin that issues, exactly as the verifiers expect it. */
  issuer: string;
  /** `taskbridge-api` where nothing else is said. */
  audience?: string | undefined;
  /** Milliseconds since 1970, as `Date.now`. */
  now?: (() => number) | undefined;
}

export interface TokenSubject {
  userId: string;
  sessionId: string;
  /** Seconds since 1970; now where nothing else is said. */
  issuedAt?: number | undefined;
}

export interface Issuer {
  /** Signs an access token. Rejects with a TypeError what no verifier would accept. */
  issue(subject: TokenSubject): Promise<string>;
}

/** Makes an issuer once; throws at once on a weak or missing secret and on a bad issuer. */
export function createIssuer(options: IssuerOptions): Issuer {
  const { now = Date.now } = options;
  const issuer = assertOrigin(options.issuer);
  const audience = assertAudience(options.audience ?? ACCESS_TOKEN_AUDIENCE);
  const signing = quiet(prepareSigning(readKey(options)));

  return {
    async issue({ userId, sessionId, issuedAt = Math.floor(now() / 1000) }) {
      if (!isUserId(userId)) throw new TypeError("The user id cannot be put into a token.");
      if (!isIdentifier(sessionId))
        throw new TypeError("The session id cannot be put into a token.");
      if (!Number.isSafeInteger(issuedAt) || issuedAt < 0) {
        throw new TypeError("The time of issue must be whole seconds since 1970.");
      }
      const { key, header } = await signing;
      const claims = {
        sub: userId,
        user_id: userId,
        sid: sessionId,
        jti: crypto.randomUUID(),
        iss: issuer,
        aud: audience,
        iat: issuedAt,
        exp: issuedAt + ACCESS_TOKEN_LIFETIME_SECONDS,
      };
      return new SignJWT(claims).setProtectedHeader(header).sign(key);
    },
  };
}

async function prepareSigning(material: Promise<Uint8Array>) {
  const raw = await material;
  const header = { alg: ACCESS_TOKEN_ALGORITHM, typ: ACCESS_TOKEN_TYPE, kid: await keyId(raw) };
  return { key: await importHmacKey(raw, "sign"), header };
}
