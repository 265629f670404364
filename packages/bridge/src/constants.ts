/** How long a token lives: `exp - iat`, in seconds. */
export const ACCESS_TOKEN_LIFETIME_SECONDS = 900;

/** How far in the future `iat` and `nbf` may lie, for hosts whose clocks differ. `exp` gets none. */
export const CLOCK_TOLERANCE_SECONDS = 30;

/**
 * How access tokens are signed. HS256 (RFC 7518 §3.2) with the key derived from the shared secret, or
 * EdDSA with Ed25519 (RFC 8037 §3.1) for those who cannot share one. A verifier takes one of the two.
 */
export type AccessTokenAlgorithm = "HS256" | "EdDSA";

/** RFC 9068 §2.1: "JWT access tokens MUST include this media type in the 'typ' header parameter". */
export const ACCESS_TOKEN_TYPE = "at+jwt";

/** The audience that an issuer writes and a verifier expects where nothing else is said. */
export const ACCESS_TOKEN_AUDIENCE = "taskbridge-api";

/** The HKDF `info` that sets the access tokens' key apart from every other use of the secret. */
export const ACCESS_TOKEN_KEY_INFO = "taskbridge/access-token/v1";

/** A token is refused unread past this many bytes (it is ASCII: characters). */
export const MAX_TOKEN_BYTES = 4096;

/** The bytes that a secret must have at least, and that a derived key has exactly. */
export const KEY_BYTES = 32;

/** How many verified tokens a verifier remembers where nothing else is said. */
export const DEFAULT_CACHE_SIZE = 10_000;

/** How old a key set may become before it is fetched again, in the background. */
export const KEY_SET_MAX_AGE_SECONDS = 300;

/** How old it may become at most; without a newer one no token is verified any more. */
export const KEY_SET_STALE_SECONDS = 900;

/** The pause between two fetches that tokens with an unknown `kid` can bring about. */
export const KEY_SET_COOLDOWN_SECONDS = 1;

/** How long a fetch of a key set may take. */
export const KEY_SET_TIMEOUT_SECONDS = 5;
