import { InvalidRequestError, TokenMalformedError, TokenMissingError } from "./errors.ts";

/**
 * RFC 9110 §11.4: credentials = auth-scheme [ 1*SP ( token68 / … ) ]; §11.2: token68 =
 * 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
 */
const BEARER_CREDENTIALS = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/** RFC 9110 §11.1: auth-scheme = token, "a case-insensitive token"; §5.6.2: the characters of one. */
const SCHEME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]*/;

/** After a comma: another scheme with credentials of its own. */
const SECOND_CREDENTIALS = /^(?:bearer$|[A-Za-z0-9!#$%&'*+\-.^_`|~]+ +[^ =])/i;

/**
 * Reads the bearer token of a request, from the `Authorization` header and nowhere else: RFC 6750
 * §2.1 is the one method that is offered, a token in the query (§2.3) or the body (§2.2) is not read.
 *
 * - no header, or another scheme: `TokenMissingError`
 * - two headers, which arrive as one joined by a comma: `InvalidRequestError`
 * - no token after the scheme, or characters that no token has: `TokenMalformedError`
 */
export function readBearer(headers: Pick<Headers, "get">): string {
  const header = headers.get("authorization");
  if (header === null) throw new TokenMissingError();

  const parts = header.split(",").map((part) => part.trim());
  if (!parts.some(hasBearerScheme)) throw new TokenMissingError();
  // Another part of the way could read the other one: neither is taken.
  if (parts.slice(1).some((part) => SECOND_CREDENTIALS.test(part))) throw new InvalidRequestError();
  if (!hasBearerScheme(header)) throw new TokenMissingError();

  const token = BEARER_CREDENTIALS.exec(header)?.[1];
  if (token === undefined) throw new TokenMalformedError();
  return token;
}

const hasBearerScheme = (credentials: string) =>
  SCHEME.exec(credentials)?.[0].toLowerCase() === "bearer";
