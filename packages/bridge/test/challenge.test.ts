import { describe, expect, it } from "vitest";
import * as bridge from "../src/index.ts";
import { BridgeError, type BridgeErrorCode, bridgeErrorCodes, bridgeErrors } from "../src/index.ts";
import { mint, refusalOf, verifierOf } from "./helpers.ts";

/** One of each class. */
const all: [code: BridgeErrorCode, error: BridgeError][] = [
  ["token_missing", new bridge.TokenMissingError()],
  ["invalid_request", new bridge.InvalidRequestError()],
  ["token_malformed", new bridge.TokenMalformedError()],
  ["token_header", new bridge.TokenHeaderError()],
  ["token_algorithm", new bridge.TokenAlgorithmError()],
  ["token_type", new bridge.TokenTypeError()],
  ["token_key_unknown", new bridge.TokenKeyUnknownError()],
  ["token_signature", new bridge.TokenSignatureError()],
  ["token_issuer", new bridge.TokenIssuerError()],
  ["token_audience", new bridge.TokenAudienceError()],
  ["token_claims", new bridge.TokenClaimsError("sub")],
  ["token_claims", new bridge.TokenClaimsError("user_id")],
  ["token_claims", new bridge.TokenClaimsError("exp")],
  ["token_expired", new bridge.TokenExpiredError()],
  ["token_not_yet_valid", new bridge.TokenNotYetValidError()],
  ["token_revoked", new bridge.TokenRevokedError()],
  ["revocation_unknown", new bridge.RevocationUnknownError()],
  ["verifier_unavailable", new bridge.VerifierUnavailableError()],
];

/** RFC 6750 §3: error_description holds %x20-21 / %x23-5B / %x5D-7E. */
const CHALLENGE =
  /^Bearer realm="taskbridge"(?:, error="(invalid_token|invalid_request)", error_description="([\x20-\x21\x23-\x5b\x5d-\x7e]+)")?$/;

describe("each error", () => {
  it.each(all)("%s has its code, its status, a sentence and a challenge", (code, error) => {
    const row = bridgeErrors[code];
    expect(error).toBeInstanceOf(BridgeError);
    expect(error).toMatchObject({ code, status: row.status, name: error.constructor.name });
    expect(error.message).toMatch(/^[A-Z][^"\\]+\.$/);
    if (row.status === 503) return expect(error.challenge).toBeNull();
    const [, name, description] = CHALLENGE.exec(error.challenge ?? "") ?? expect.fail("no match");
    expect(name ?? null).toBe(row.error);
    expect(description).toBe(row.error === null ? undefined : error.message);
  });

  it("is in the list and in the table, once", () => {
    expect(new Set(all.map(([code]) => code))).toEqual(new Set(bridgeErrorCodes));
    expect(Object.keys(bridgeErrors).sort()).toEqual([...bridgeErrorCodes].sort());
  });

  it("has a class of its own, and every exported class is tried here", () => {
    const classes = Object.values(bridge).filter(
      (value) => typeof value === "function" && value.prototype instanceof BridgeError,
    );
    expect(new Set(all.map(([, error]) => error.constructor))).toEqual(new Set(classes));
    expect(classes).toHaveLength(bridgeErrorCodes.length);
  });
});

describe("the challenge", () => {
  it("names no error where no token was sent", () => {
    expect(new bridge.TokenMissingError().challenge).toBe('Bearer realm="taskbridge"');
  });
  it("names invalid_token and says why", () => {
    expect(new bridge.TokenExpiredError().challenge).toBe(
      'Bearer realm="taskbridge", error="invalid_token", error_description="The access token has expired."',
    );
  });
  it("names invalid_request for two tokens", () => {
    expect(new bridge.InvalidRequestError().challenge).toBe(
      'Bearer realm="taskbridge", error="invalid_request", error_description="The request carries more than one credential."',
    );
  });
  it("can be set as a header", () => {
    for (const [, error] of all) {
      if (error.challenge) new Headers().set("WWW-Authenticate", error.challenge);
    }
  });
});

describe("nothing that a client sent is repeated:", () => {
  const mark = "EVIL\r\nSet-Cookie: a=b";
  const tokens: [name: string, code: BridgeErrorCode, token: string][] = [
    ["in the token", "token_malformed", mark],
    ["in alg", "token_algorithm", mint({ header: { alg: mark } })],
    ["in typ", "token_type", mint({ header: { typ: mark } })],
    ["in kid", "token_key_unknown", mint({ header: { kid: mark } })],
    ["in iss", "token_issuer", mint({ claims: { iss: mark } })],
    ["in aud", "token_audience", mint({ claims: { aud: mark } })],
    ["in sub", "token_claims", mint({ claims: { sub: mark, user_id: mark } })],
  ];
  it.each(tokens)("%s", async (_name, code, token) => {
    const error = await refusalOf(token, code);
    const told = JSON.stringify([error.message, error.challenge, { ...error }, error.cause]);
    expect(told).not.toMatch(/EVIL|Set-Cookie/);
    expect(String(error.stack)).not.toContain("EVIL");
  });

  it("not even where the platform fails", async () => {
    const verifier = verifierOf({
      now: () => {
        throw new Error("internal detail");
      },
    });
    const error = await refusalOf(mint(), "verifier_unavailable", verifier);
    expect(error.message).not.toContain("detail");
    expect(error.cause).toMatchObject({ message: "internal detail" });
  });
});
