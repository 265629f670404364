import { ACCESS_TOKEN_LIFETIME_SECONDS, CLOCK_TOLERANCE_SECONDS } from "../constants.ts";
import {
  type ClaimName,
  TokenAudienceError,
  TokenClaimsError,
  TokenExpiredError,
  TokenIssuerError,
  TokenNotYetValidError,
} from "../errors.ts";
import { type JsonObject, own } from "./strict-json.ts";

/** A user id that came out of a verified token. Only the verifier makes one. */
export type VerifiedUserId = string & { readonly __brand: "VerifiedUserId" };

/** What a verified token says. Times are seconds since 1970. */
export interface VerifiedAccess {
  readonly userId: VerifiedUserId;
  readonly sessionId: string;
  readonly tokenId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** What must hold at each use of a token, the first and every later one. */
export interface CheckedToken {
  readonly access: VerifiedAccess;
  /** The later one of `iat` and `nbf`. */
  readonly notBefore: number;
}

/** Characters, not UTF-16 units; no control characters, no lone surrogates: a database takes neither. */
const USER_ID = /^[^\p{Cc}\p{Cs}]{1,64}$/u;
const IDENTIFIER = /^[^\p{Cc}\p{Cs}]{1,128}$/u;

export const isUserId = (value: unknown): value is string =>
  typeof value === "string" && USER_ID.test(value);

export const isIdentifier = (value: unknown): value is string =>
  typeof value === "string" && IDENTIFIER.test(value);

/**
 * Reads the claims of a token whose signature is verified. Claims that are not known are ignored and
 * never returned, as RFC 7519 §4 says: "all claims that are not understood by implementations MUST
 * be ignored".
 */
export function readClaims(
  claims: JsonObject,
  expected: { issuer: string; audience: string },
): CheckedToken {
  if (own(claims, "iss") !== expected.issuer) throw new TokenIssuerError();
  // One string: RFC 7519 §4.1.3 allows an array, the issuer never writes one.
  if (own(claims, "aud") !== expected.audience) throw new TokenAudienceError();

  const userId = own(claims, "sub");
  if (!isUserId(userId)) throw new TokenClaimsError("sub");
  if (own(claims, "user_id") !== userId) throw new TokenClaimsError("user_id");
  const sessionId = readIdentifier(claims, "sid");
  const tokenId = readIdentifier(claims, "jti");

  const issuedAt = readTime(claims, "iat");
  const expiresAt = readTime(claims, "exp");
  const lifetime = expiresAt - issuedAt;
  if (lifetime <= 0 || lifetime > ACCESS_TOKEN_LIFETIME_SECONDS) throw new TokenClaimsError("exp");
  const notBefore = Object.hasOwn(claims, "nbf") ? readTime(claims, "nbf") : issuedAt;

  return {
    access: Object.freeze({
      userId: userId as VerifiedUserId,
      sessionId,
      tokenId,
      issuedAt,
      expiresAt,
    }),
    notBefore: Math.max(issuedAt, notBefore),
  };
}

/**
 * `exp` is in the future, to the second; `iat` and `nbf` are not, but for the tolerance. It is not
 * granted to `exp`: a token must not outlive its fifteen minutes. A clock that is not a number
 * accepts nothing.
 */
export function assertInTime({ access, notBefore }: CheckedToken, now: number): void {
  if (!(access.expiresAt > now)) throw new TokenExpiredError();
  if (!(notBefore <= now + CLOCK_TOLERANCE_SECONDS)) throw new TokenNotYetValidError();
}

function readIdentifier(claims: JsonObject, name: ClaimName): string {
  const value = own(claims, name);
  if (!isIdentifier(value)) throw new TokenClaimsError(name);
  return value;
}

/** Whole seconds since 1970: no fraction, no sign, and `1e400` is no number. */
function readTime(claims: JsonObject, name: ClaimName): number {
  const value = own(claims, name);
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new TokenClaimsError(name);
  return value as number;
}
