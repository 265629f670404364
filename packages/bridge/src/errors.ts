import { BridgeError } from "./bridge-error.ts";

/**
 * RFC 6750 §3.1: "If the request lacks any authentication information […], the resource server
 * SHOULD NOT include an error code or other error information."
 */
export class TokenMissingError extends BridgeError {
  constructor() {
    super("token_missing");
  }
}

/**
 * RFC 6750 §2: "Clients MUST NOT use more than one method to transmit the token in each request";
 * §3.1, invalid_request: "The resource server SHOULD respond with the HTTP 400 (Bad Request)".
 */
export class InvalidRequestError extends BridgeError {
  constructor() {
    super("invalid_request");
  }
}

/**
 * RFC 6750 §3.1, invalid_token: "The access token provided is expired, revoked, malformed, or
 * invalid for other reasons." RFC 8725 §2.6 warns of several encodings of one JSON text, §3.7: "Use UTF-8".
 */
export class TokenMalformedError extends BridgeError {
  constructor() {
    super("token_malformed");
  }
}

/**
 * RFC 7515 §4.1.11: "If any of the listed extension Header Parameters are not understood and
 * supported by the recipient, then the JWS is invalid"; RFC 8725 §3.10: "Do Not Trust Received
 * Claims": `jku`, `jwk`, `x5u` and their like would let the token choose its own key.
 */
export class TokenHeaderError extends BridgeError {
  constructor() {
    super("token_header");
  }
}

/**
 * RFC 8725 §3.1: "Libraries MUST enable the caller to specify a supported set of algorithms and
 * MUST NOT use any other algorithms when performing cryptographic operations."
 */
export class TokenAlgorithmError extends BridgeError {
  constructor() {
    super("token_algorithm");
  }
}

/**
 * RFC 9068 §4: "The resource server MUST verify that the 'typ' header value is 'at+jwt' or
 * 'application/at+jwt'". Our issuer writes the first, and nothing else is taken.
 */
export class TokenTypeError extends BridgeError {
  constructor() {
    super("token_type");
  }
}

/** RFC 7515 §4.1.4: "The 'kid' […] Header Parameter is a hint indicating which key was used". */
export class TokenKeyUnknownError extends BridgeError {
  constructor() {
    super("token_key_unknown");
  }
}

/** RFC 7515 §5.2: "If any of these steps fail, then the signature or MAC cannot be validated". */
export class TokenSignatureError extends BridgeError {
  constructor() {
    super("token_signature");
  }
}

/** RFC 9068 §4: the issuer identifier "MUST exactly match the value of the 'iss' claim". */
export class TokenIssuerError extends BridgeError {
  constructor() {
    super("token_issuer");
  }
}

/**
 * RFC 9068 §4: "The JWT access token MUST be rejected if 'aud' does not contain a resource
 * indicator of the current resource server as a valid audience."
 */
export class TokenAudienceError extends BridgeError {
  constructor() {
    super("token_audience");
  }
}

/** The claims that can be missing or of a wrong form. */
export type ClaimName = "sub" | "user_id" | "sid" | "jti" | "iat" | "exp" | "nbf";

/** RFC 9068 §2.2 requires `exp`, `sub`, `iat` and `jti`; the bridge requires `user_id` and `sid` too. */
export class TokenClaimsError extends BridgeError {
  readonly claim: ClaimName;

  constructor(claim: ClaimName) {
    super("token_claims", {
      description: `The claim ${claim} of the access token is missing or not valid.`,
    });
    this.claim = claim;
  }
}

/** RFC 7519 §4.1.4: "on or after which the JWT MUST NOT be accepted for processing". */
export class TokenExpiredError extends BridgeError {
  constructor() {
    super("token_expired");
  }
}

/** RFC 7519 §4.1.5: "before which the JWT MUST NOT be accepted for processing". `iat` counts too. */
export class TokenNotYetValidError extends BridgeError {
  constructor() {
    super("token_not_yet_valid");
  }
}

/** RFC 6750 §3.1, invalid_token: "The access token provided is expired, revoked, malformed, […]". */
export class TokenRevokedError extends BridgeError {
  constructor() {
    super("token_revoked");
  }
}

/**
 * Whether the session lives is not known: neither "yes" nor "logged in no more" would be true. RFC
 * 9110 §15.6.4: 503, "currently unable to handle the request".
 */
export class RevocationUnknownError extends BridgeError {
  constructor(options?: { cause?: unknown }) {
    super("revocation_unknown", options);
  }
}

/** The verifier itself failed, by no fault of the token: an outage is not a 401. */
export class VerifierUnavailableError extends BridgeError {
  constructor(options?: { cause?: unknown }) {
    super("verifier_unavailable", options);
  }
}
