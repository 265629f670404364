import { ACCESS_TOKEN_TYPE, type AccessTokenAlgorithm } from "../constants.ts";
import { TokenAlgorithmError, TokenHeaderError, TokenTypeError } from "../errors.ts";
import { type JsonObject, own } from "./strict-json.ts";

/**
 * Parameters that change how a JWS is read, or bring or name a key. All others that are not known
 * are ignored, as RFC 7515 §4 says.
 */
const REFUSED_PARAMETERS = [
  "crit",
  "b64",
  "zip",
  "jku",
  "jwk",
  "x5u",
  "x5c",
  "x5t",
  "x5t#S256",
] as const;

/**
 * Checks the header and returns its `kid`, whatever that is. Strings are compared exactly. The
 * algorithm is the verifier's choice: a token cannot have a public key taken for an HMAC key.
 */
export function checkHeader(header: JsonObject, algorithm: AccessTokenAlgorithm): unknown {
  if (own(header, "alg") !== algorithm) throw new TokenAlgorithmError();
  if (own(header, "typ") !== ACCESS_TOKEN_TYPE) throw new TokenTypeError();
  for (const name of REFUSED_PARAMETERS) {
    if (Object.hasOwn(header, name)) throw new TokenHeaderError();
  }
  return own(header, "kid");
}
