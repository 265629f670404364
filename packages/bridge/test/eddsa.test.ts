import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { BridgeErrorCode } from "../src/index.ts";
import { CLAIMS, encode, expectRefused, mint, NOW, signText, verifierOf } from "./helpers.ts";
import { EDDSA_HEADER, keyPair, keySetVerifier, mintEdDsa, PAIR } from "./key-pairs.ts";

const verifier = keySetVerifier();
const token = mintEdDsa();
const [header = "", payload = "", signature = ""] = token.split(".");
const bytes = Buffer.from(signature, "base64url");
const spki = createPublicKey(PAIR.privateKey).export({ type: "spki", format: "pem" });
const x = Buffer.from(PAIR.jwk.x, "base64url");

it("accepts what the key pair has signed, and says the same of it as of an HS256 token", async () => {
  const by = verifierOf();
  expect(await verifier.verify(token)).toEqual(await by.verify(mint()));
  expect(await verifier.verify(token)).toEqual(await by.verify(mint()));
});

describe("the algorithms are kept apart:", () => {
  const hmac = (key: string | Uint8Array, alg = "HS256") =>
    signText(JSON.stringify({ ...EDDSA_HEADER, alg }), JSON.stringify(CLAIMS), key);
  const confusions: [name: string, token: string][] = [
    ["an HS256 token of the secret", mint()],
    ["HS256 with the public key's bytes for a key", hmac(x)],
    ["HS256 with its base64url", hmac(PAIR.jwk.x)],
    ["HS256 with its PEM", hmac(String(spki))],
    ["HS256 with its JWK", hmac(JSON.stringify(PAIR.jwk))],
    ["HS256 with no key at all", hmac("")],
    ["none", `${encode('{"alg":"none","typ":"at+jwt","kid":"key-1"}')}.${payload}.`],
    ["none, signed all the same", mintEdDsa({ header: { alg: "none" } })],
    ["Ed25519, as RFC 9864 spells it", mintEdDsa({ header: { alg: "Ed25519" } })],
    ["eddsa in small letters", mintEdDsa({ header: { alg: "eddsa" } })],
    ["Ed448", mintEdDsa({ header: { alg: "Ed448" } })],
    ["ES256", mintEdDsa({ header: { alg: "ES256" } })],
    ["RS256", mintEdDsa({ header: { alg: "RS256" } })],
    ["no algorithm", mintEdDsa({ header: { alg: undefined } })],
    ["a list of them", mintEdDsa({ header: { alg: ["EdDSA"] } })],
  ];
  it.each(confusions)("%s -> token_algorithm", (_, forged) =>
    expectRefused(forged, "token_algorithm", verifier),
  );

  it("an EdDSA token means nothing to a verifier of the secret", () =>
    expectRefused(token, "token_algorithm"));
  it("nor an EdDSA header with a MAC of the secret", () =>
    expectRefused(mint({ header: { alg: "EdDSA" } }), "token_algorithm"));
  it("a MAC under an EdDSA header is no signature", () =>
    expectRefused(hmac(x, "EdDSA"), "token_signature", verifier));
});

describe("the same checks as HS256:", () => {
  const other = keyPair(PAIR.kid);
  const cases: [name: string, token: string, code: BridgeErrorCode][] = [
    ["another key of the same name", mintEdDsa({ pair: other }), "token_signature"],
    ["an unknown key", mintEdDsa({ pair: keyPair("key-2") }), "token_key_unknown"],
    ["no key named", mintEdDsa({ header: { kid: undefined } }), "token_key_unknown"],
    ["a key named by a number", mintEdDsa({ header: { kid: 1 } }), "token_key_unknown"],
    [
      "a name as long as a token",
      mintEdDsa({ header: { kid: "k".repeat(999) } }),
      "token_key_unknown",
    ],
    ["typ JWT, as Better Auth would write", mintEdDsa({ header: { typ: "JWT" } }), "token_type"],
    ["no typ, as Better Auth writes", mintEdDsa({ header: { typ: undefined } }), "token_type"],
    ["its own key in jwk", mintEdDsa({ header: { jwk: other.jwk }, pair: other }), "token_header"],
    ["a key elsewhere", mintEdDsa({ header: { jku: "https://evil.example" } }), "token_header"],
    ["crit", mintEdDsa({ header: { crit: ["exp"] } }), "token_header"],
    ["no signature", `${header}.${payload}.`, "token_signature"],
    [
      "half a signature",
      `${header}.${payload}.${encode(bytes.subarray(0, 32))}`,
      "token_signature",
    ],
    [
      "a longer one",
      `${header}.${payload}.${encode(Buffer.concat([bytes, bytes]))}`,
      "token_signature",
    ],
    ["a signature of zeros", `${header}.${payload}.${encode(Buffer.alloc(64))}`, "token_signature"],
    ["another issuer", mintEdDsa({ claims: { iss: "https://evil.example" } }), "token_issuer"],
    ["another audience", mintEdDsa({ claims: { aud: "another-api" } }), "token_audience"],
    ["two users in one", mintEdDsa({ claims: { user_id: "user-2" } }), "token_claims"],
    ["no session", mintEdDsa({ claims: { sid: undefined } }), "token_claims"],
    ["an hour's life", mintEdDsa({ claims: { exp: CLAIMS.iat + 3600 } }), "token_claims"],
    ["past", mintEdDsa({ claims: { iat: NOW - 901, exp: NOW - 1 } }), "token_expired"],
    ["to come", mintEdDsa({ claims: { iat: NOW + 31, exp: NOW + 600 } }), "token_not_yet_valid"],
  ];
  // A verifier of its own for each: one that has just fetched its keys pauses before it looks again.
  it.each(cases)("%s -> %s", (_, forged, code) => expectRefused(forged, code, keySetVerifier()));

  it("S plus the group's order is the same equation and another signature", async () => {
    // RFC 8032 §5.1.7: S must be below L, or a third party could make a second valid signature.
    const L = 2n ** 252n + 27742317777372353535851937790883648493n;
    const littleEndian = (part: Uint8Array) =>
      BigInt(`0x${Buffer.from(part).reverse().toString("hex")}`);
    const S = (littleEndian(bytes.subarray(32)) + L).toString(16).padStart(64, "0");
    const twin = Buffer.concat([bytes.subarray(0, 32), Buffer.from(S, "hex").reverse()]);
    await expectRefused(`${header}.${payload}.${encode(twin)}`, "token_signature", verifier);
  });

  it("sixteen spellings of one signature are one accepted and fifteen refused", async () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = alphabet.indexOf(token.slice(-1));
    const spellings = Array.from({ length: 15 }, (_, at) => alphabet[last + at + 1]);
    expect(Buffer.from(`${signature.slice(0, -1)}${spellings[0]}`, "base64url")).toEqual(bytes);
    for (const spelling of spellings) {
      await expectRefused(token.slice(0, -1) + spelling, "token_malformed", verifier);
    }
  });

  it("no single-character change is accepted", async () => {
    const changes = [...token].flatMap((character, at) =>
      [..."AQgwZaz09-_.= é"]
        .filter((other) => other !== character)
        .map((other) => token.slice(0, at) + other + token.slice(at + 1)),
    );
    // All at once: those that name another key wait for one fetch together.
    const answers = await Promise.allSettled(changes.map((changed) => verifier.verify(changed)));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: "rejected", reason: { status: 401 } });
    }
  });

  it("a key of another kind in the set verifies nothing", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const jwk = { ...publicKey.export({ format: "jwk" }), kid: "ec", alg: "EdDSA", use: "sig" };
    const by = keySetVerifier({ jwks: async () => ({ keys: [jwk, PAIR.jwk] }) });
    const input = `${encode(JSON.stringify({ ...EDDSA_HEADER, kid: "ec" }))}.${payload}`;
    const mac = sign("sha256", Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" });
    await expectRefused(`${input}.${encode(mac)}`, "token_key_unknown", by);
    expect((await by.verify(token)).userId).toBe("user-1");
  });
});
