import { describe, expect, it } from "vitest";
import { type BridgeErrorCode, TokenClaimsError } from "../src/index.ts";
import {
  accessOf,
  CLAIMS,
  expectAccepted,
  expectRefused,
  ISSUER,
  mint,
  NOW,
  refusalOf,
  verifierOf,
} from "./helpers.ts";

type Case = [name: string, code: BridgeErrorCode, claims: object];

const user = (id: unknown) => ({ sub: id, user_id: id });

const refused: Case[] = [
  ["no iss", "token_issuer", { iss: undefined }],
  ["iss null", "token_issuer", { iss: null }],
  ["iss empty", "token_issuer", { iss: "" }],
  ["iss in an array", "token_issuer", { iss: [ISSUER] }],
  ["iss with a slash", "token_issuer", { iss: `${ISSUER}/` }],
  ["iss in capitals", "token_issuer", { iss: ISSUER.toUpperCase() }],
  ["iss of another port", "token_issuer", { iss: "http://localhost:3001" }],
  ["iss of another scheme", "token_issuer", { iss: "https://localhost:3000" }],
  ["iss of another host", "token_issuer", { iss: "https://evil.example" }],
  ["iss that begins rightly", "token_issuer", { iss: `${ISSUER}.evil.example` }],
  ["iss by its address", "token_issuer", { iss: "http://127.0.0.1:3000" }],
  ["no aud", "token_audience", { aud: undefined }],
  ["aud null", "token_audience", { aud: null }],
  ["aud empty", "token_audience", { aud: "" }],
  ["aud in an array", "token_audience", { aud: ["taskbridge-api"] }],
  ["aud among others", "token_audience", { aud: ["other", "taskbridge-api"] }],
  ["aud an empty array", "token_audience", { aud: [] }],
  ["aud an object", "token_audience", { aud: { "taskbridge-api": true } }],
  ["aud of another API", "token_audience", { aud: "other-api" }],
  ["aud in capitals", "token_audience", { aud: "TASKBRIDGE-API" }],
  ["aud that begins rightly", "token_audience", { aud: "taskbridge-api-2" }],
  ["aud the issuer", "token_audience", { aud: ISSUER }],
  ["no sub and no user_id", "token_claims", user(undefined)],
  ["sub and user_id null", "token_claims", user(null)],
  ["sub and user_id empty", "token_claims", user("")],
  ["sub and user_id a number", "token_claims", user(1)],
  ["sub and user_id true", "token_claims", user(true)],
  ["sub and user_id an array", "token_claims", user(["user-1"])],
  ["sub and user_id an object", "token_claims", user({ id: "user-1" })],
  ["sub and user_id of 65 characters", "token_claims", user("u".repeat(65))],
  ["sub and user_id of 65 emoji", "token_claims", user("🚀".repeat(65))],
  ["sub with a NUL", "token_claims", user("user-1\0")],
  ["sub with a newline", "token_claims", user("user-1\nuser-2")],
  ["sub with a DEL", "token_claims", user("user-1\x7f")],
  ["sub with a C1 control character", "token_claims", user("user-1\x85")],
  ["sub with a lone surrogate", "token_claims", user("user-1\ud800")],
  ["no sub", "token_claims", { sub: undefined }],
  ["no user_id", "token_claims", { user_id: undefined }],
  ["user_id of another user", "token_claims", { user_id: "user-2" }],
  ["sub of another user", "token_claims", { sub: "user-2" }],
  ["user_id in capitals", "token_claims", { user_id: "USER-1" }],
  ["user_id with a space", "token_claims", { user_id: "user-1 " }],
  ["user_id in an array", "token_claims", { user_id: ["user-1"] }],
  ["user_id in another normalisation", "token_claims", { sub: "\u00e9", user_id: "e\u0301" }],
  ["user_id a number that reads alike", "token_claims", { sub: "1", user_id: 1 }],
  ["no sid", "token_claims", { sid: undefined }],
  ["sid null", "token_claims", { sid: null }],
  ["sid empty", "token_claims", { sid: "" }],
  ["sid a number", "token_claims", { sid: 1 }],
  ["sid in an array", "token_claims", { sid: ["session-1"] }],
  ["sid of 129 characters", "token_claims", { sid: "s".repeat(129) }],
  ["sid with a control character", "token_claims", { sid: "session\t1" }],
  ["sid with a lone surrogate", "token_claims", { sid: "session-1\udc00" }],
  ["jti with a lone surrogate", "token_claims", { jti: "token-1\ud800" }],
  ["no jti", "token_claims", { jti: undefined }],
  ["jti empty", "token_claims", { jti: "" }],
  ["jti a number", "token_claims", { jti: 1 }],
  ["jti in an array", "token_claims", { jti: ["token-1"] }],
  ["jti of 129 characters", "token_claims", { jti: "t".repeat(129) }],
  [
    "an e-mail verification token's claims",
    "token_issuer",
    { iss: undefined, email: "a@b.example" },
  ],
  [
    "no claims at all",
    "token_issuer",
    Object.fromEntries(Object.keys(CLAIMS).map((name) => [name, undefined])),
  ],
];

describe("the claims are refused:", () => {
  it.each(refused)("%s -> %s", (_name, code, claims) => expectRefused(mint({ claims }), code));

  it.each(["sub", "user_id", "sid", "jti", "iat", "exp"] as const)(
    "without %s the error names it",
    async (claim) => {
      const error = await refusalOf(mint({ claims: { [claim]: undefined } }), "token_claims");
      expect(error).toBeInstanceOf(TokenClaimsError);
      expect(error).toMatchObject({ claim, message: expect.stringContaining(` ${claim} `) });
    },
  );
});

describe("the claims are accepted:", () => {
  const accepted: [name: string, claims: object][] = [
    ["as the issuer writes them", {}],
    ["sub of one character", user("u")],
    ["sub of 64 characters", user("u".repeat(64))],
    ["sub of 64 emoji", user("🚀".repeat(64))],
    ["sub __proto__", user("__proto__")],
    ["sub with a slash, a quotation mark and a space", user('a/b "c')],
    ["sid and jti of 128 characters", { sid: "s".repeat(128), jti: "t".repeat(128) }],
    ["a claim nobody knows, ignored", { scope: "admin", roles: ["root"], userId: "user-2" }],
  ];
  it.each(accepted)("%s", (_name, claims) => expectAccepted(mint({ claims })));
});

describe("what a verified token gives:", () => {
  it("is these five facts and no more", async () => {
    expect(await accessOf(mint({ claims: { email: "a@b.example", admin: true } }))).toEqual({
      userId: "user-1",
      sessionId: "session-1",
      tokenId: "token-1",
      issuedAt: NOW - 10,
      expiresAt: NOW + 890,
    });
  });

  it("is frozen", async () => {
    const access = await accessOf(mint());
    expect(Object.isFrozen(access)).toBe(true);
    expect(() => Object.assign(access, { userId: "user-2" })).toThrow(TypeError);
  });

  it("follows the audience that the verifier was given", async () => {
    const other = verifierOf({ audience: "other-api" });
    await expectAccepted(mint({ claims: { aud: "other-api" } }), other);
    await expectRefused(mint(), "token_audience", other);
  });
});

describe("who does not hold the key learns nothing of the claims -> token_signature:", () => {
  it.each([...refused, ["expired", "token_expired", { exp: 1 }] as Case])(
    "%s",
    (_name, _code, claims) => expectRefused(mint({ claims, key: "guess" }), "token_signature"),
  );
});
