import { MAX_TOKEN_BYTES } from "../constants.ts";
import { TokenMalformedError } from "../errors.ts";

/**
 * Base64url without padding, in the one canonical spelling: RFC 4648 §3.5 leaves unused bits open
 * ("pad bits MUST be set to zero by conforming encoders"), and a decoder that ignores them takes
 * four spellings of one 32-byte MAC. Here the last character's unused bits must be zero.
 */
const CANONICAL_BASE64URL =
  /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?$/;

/**
 * RFC 7515 §7.1, the compact form: three base64url parts, two dots. Returns the first, still encoded.
 * The signature may be empty: what lacks one is refused for its algorithm, or for the signature.
 */
export function readEncodedHeader(token: unknown): string {
  if (typeof token !== "string" || token.length > MAX_TOKEN_BYTES) throw new TokenMalformedError();
  const parts = token.split(".", 4);
  const [header, payload] = parts;
  if (parts.length !== 3 || !header || !payload) throw new TokenMalformedError();
  if (!parts.every((part) => CANONICAL_BASE64URL.test(part))) throw new TokenMalformedError();
  return header;
}
