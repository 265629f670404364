import { SignJWT } from "jose";
import {
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

export interface ClaimsOptions {
  /** The origin that issues, exactly as the verifiers expect it. */
  issuer: string;
  /** `taskbridge-api` where nothing else is said. */
  audience?: string | undefined;
  /** Milliseconds since 1970, as `Date.now`. */
  now?: (() => number) | undefined;
}

export interface IssuerOptions extends KeyOptions, ClaimsOptions {}

export interface TokenSubject {
  userId: string;
  sessionId: string;
  /** Seconds since 1970; now where nothing else is said. */
  issuedAt?: number | undefined;
}

/** All that an access token says. */
export interface AccessTokenClaims {
  sub: string;
  user_id: string;
  sid: string;
  jti: string;
  iss: string;
  aud: string;
  iat: number;
  exp: number;
}

export interface Issuer {
  /** Signs an access token. Rejects with a TypeError what no verifier would accept. */
  issue(subject: TokenSubject): Promise<string>;
}

/** Makes an HS256 issuer once; throws at once on a weak or missing secret and on a bad issuer. */
export function createIssuer(options: IssuerOptions): Issuer {
  const claimsOf = createClaims(options);
  const signing = quiet(prepareSigning(readKey(options)));

  return {
    async issue(subject) {
      const claims = claimsOf(subject);
      const { key, header } = await signing;
      return new SignJWT({ ...claims }).setProtectedHeader(header).sign(key);
    },
  };
}

/**
 * The claims of access tokens, for who signs them with a key pair of their own: EdDSA, with the
 * header's `typ` at `ACCESS_TOKEN_TYPE` and a `kid`. Throws a TypeError on a bad issuer, and the
 * function it returns throws one on a subject that no verifier would accept.
 */
export function createClaims(options: ClaimsOptions): (subject: TokenSubject) => AccessTokenClaims {
  const { now = () => Date.now() } = options;
  const issuer = assertOrigin(options.issuer);
  const audience = assertAudience(options.audience ?? ACCESS_TOKEN_AUDIENCE);

  return ({ userId, sessionId, issuedAt = Math.floor(now() / 1000) }) => {
    if (!isUserId(userId)) throw new TypeError("The user id cannot be put into a token.");
    if (!isIdentifier(sessionId)) throw new TypeError("The session id cannot be put into a token.");
    if (!Number.isSafeInteger(issuedAt) || issuedAt < 0) {
      throw new TypeError("The time of issue must be whole seconds since 1970.");
    }
    return {
      sub: userId,
      user_id: userId,
      sid: sessionId,
      jti: crypto.randomUUID(),
      iss: issuer,
      aud: audience,
      iat: issuedAt,
      exp: issuedAt + ACCESS_TOKEN_LIFETIME_SECONDS,
    };
  };
}

async function prepareSigning(material: Promise<Uint8Array>) {
  const raw = await material;
  const header = { alg: "HS256", typ: ACCESS_TOKEN_TYPE, kid: await keyId(raw) };
  return { key: await importHmacKey(raw, "sign"), header };
}
