export { readBearer } from "./bearer.ts";
export { BridgeError } from "./bridge-error.ts";
export {
  ACCESS_TOKEN_AUDIENCE,
  ACCESS_TOKEN_KEY_INFO,
  ACCESS_TOKEN_LIFETIME_SECONDS,
  ACCESS_TOKEN_TYPE,
  type AccessTokenAlgorithm,
  CLOCK_TOLERANCE_SECONDS,
  MAX_TOKEN_BYTES,
} from "./constants.ts";
export {
  type BridgeErrorCode,
  type BridgeErrorRow,
  bridgeErrorCodes,
  bridgeErrors,
} from "./error-table.ts";
export * from "./errors.ts";
export {
  type AccessTokenClaims,
  type ClaimsOptions,
  createClaims,
  createIssuer,
  type Issuer,
  type IssuerOptions,
  type TokenSubject,
} from "./issuer.ts";
export { deriveKey, deriveSubkey, keyId } from "./keys.ts";
export type { VerifiedAccess, VerifiedUserId } from "./lib/claims.ts";
export { type KeySetSource, readKeySetAddress } from "./lib/key-set.ts";
export { assertStrongSecret, WeakSecretError } from "./secret.ts";
export { createVerifier, type Verifier, type VerifierOptions } from "./verifier.ts";
