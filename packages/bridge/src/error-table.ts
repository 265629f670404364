/** Every code a `BridgeError` can carry. They are stable: clients and logs may rely on them. */
export const bridgeErrorCodes = [
  "token_missing",
  "invalid_request",
  "token_malformed",
  "token_header",
  "token_algorithm",
  "token_type",
  "token_key_unknown",
  "token_signature",
  "token_issuer",
  "token_audience",
  "token_claims",
  "token_expired",
  "token_not_yet_valid",
  "token_revoked",
  "revocation_unknown",
  "verifier_unavailable",
] as const;

export type BridgeErrorCode = (typeof bridgeErrorCodes)[number];

export interface BridgeErrorRow {
  readonly status: 400 | 401 | 503;
  /** The RFC 6750 §3.1 error code of the challenge; null: the challenge names no error. */
  readonly error: "invalid_request" | "invalid_token" | null;
  /** One sentence, safe to show: fixed text, never what the client sent. */
  readonly description: string;
}

const refused = (description: string): BridgeErrorRow => ({
  status: 401,
  error: "invalid_token",
  description,
});

const unavailable = (description: string): BridgeErrorRow => ({
  status: 503,
  error: null,
  description,
});

/** Code -> status and sentence. The error classes are built on it, and other tables may be. */
export const bridgeErrors: Readonly<Record<BridgeErrorCode, BridgeErrorRow>> = {
  token_missing: { status: 401, error: null, description: "No access token was sent." },
  invalid_request: {
    status: 400,
    error: "invalid_request",
    description: "The request carries more than one credential.",
  },
  token_malformed: refused("The access token is malformed."),
  token_header: refused("The access token has a header parameter that is not accepted."),
  token_algorithm: refused("The access token is signed with an algorithm that is not accepted."),
  token_type: refused("The token is not an access token."),
  token_key_unknown: refused("The access token names no key that is accepted here."),
  token_signature: refused("The signature of the access token is not valid."),
  token_issuer: refused("The access token comes from another issuer."),
  token_audience: refused("The access token is meant for another audience."),
  token_claims: refused("The claims of the access token are not valid."),
  token_expired: refused("The access token has expired."),
  token_not_yet_valid: refused("The access token is not valid yet."),
  token_revoked: refused("The session of the access token has ended."),
  revocation_unknown: unavailable("Whether the session has ended cannot be told at the moment."),
  verifier_unavailable: unavailable("The access token cannot be verified at the moment."),
};
