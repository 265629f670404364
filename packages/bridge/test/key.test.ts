import { hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { deriveKey, deriveSubkey, keyId, WeakSecretError } from "../src/index.ts";
import {
  CLAIMS,
  expectAccepted,
  expectRefused,
  KEY,
  KID,
  keyOf,
  kidOf,
  mint,
  NOW,
  OTHER_SECRET,
  SECRET,
  signText,
  verifierOf,
} from "./helpers.ts";

/** Signed with another key, under our `kid`: the worst that a guesser can do. */
const signed = (key: string | Uint8Array) => mint({ key });

describe("derivation:", () => {
  it("is HKDF-SHA256 with an empty salt, as Node's own", async () => {
    expect(Buffer.from(await deriveKey(SECRET))).toEqual(KEY);
  });
  it("takes the secret as UTF-8", async () => {
    const secret = `${OTHER_SECRET} žluťoučký 🚀`;
    expect(Buffer.from(await deriveKey(secret))).toEqual(keyOf(secret));
  });
  it("gives this key and this kid, for other languages to compare", async () => {
    const key = await deriveKey(SECRET);
    expect(Buffer.from(key).toString("base64url")).toBe(
      "Bg92qS_xvmbHUDk9C35Ni6V5MwnVnC7a36t2_ORuz7s",
    );
    expect(await keyId(key)).toBe("x5M1_-36mzaJ2Ir4");
  });
  it("names a key by the hash's first 16 characters", async () => {
    expect(await keyId(KEY)).toBe(KID);
    expect(KID).toMatch(/^[A-Za-z0-9_-]{16}$/);
  });
  it("refuses a weak secret", () => expect(deriveKey("short")).rejects.toThrow(WeakSecretError));
  it("gives subkeys by HKDF of the key", async () => {
    const expected = Buffer.from(hkdfSync("sha256", KEY, "", "taskbridge/cursor/v1", 32));
    expect(Buffer.from(await deriveSubkey(KEY, "taskbridge/cursor/v1"))).toEqual(expected);
  });
  it("gives another subkey for another end, and never the key", async () => {
    const infos = ["a", "b", "taskbridge/access-token/v1"];
    const keys = await Promise.all(infos.map((info) => deriveSubkey(KEY, info)));
    const all = [KEY, ...keys].map((key) => Buffer.from(key).toString("hex"));
    expect(new Set(all).size).toBe(4);
  });
  it.each([
    ["an empty info", KEY, ""],
    ["a key of 31 bytes", KEY.subarray(1), "info"],
    ["a key of 33 bytes", Buffer.alloc(33, 7), "info"],
  ])("gives no subkey for %s", (_name, key, info) =>
    expect(deriveSubkey(key, info)).rejects.toThrow(TypeError),
  );
});

describe("another key under our kid -> token_signature:", () => {
  const keys: [name: string, key: string | Uint8Array][] = [
    ["empty", ""],
    ["all zeros", Buffer.alloc(32)],
    ["the raw secret", SECRET],
    ["the raw secret decoded from hex", Buffer.from(SECRET, "hex")],
    ["the raw secret decoded from base64", Buffer.from(SECRET, "base64")],
    ["the hash of the secret", Buffer.from(hkdfSync("sha256", SECRET, "", "", 32))],
    ["another info: v2", keyOf(SECRET, "taskbridge/access-token/v2")],
    ["another info: cursors", keyOf(SECRET, "taskbridge/cursor/v1")],
    ["another info: none", keyOf(SECRET, "")],
    ["another info: a NUL more", keyOf(SECRET, "taskbridge/access-token/v1\0")],
    ["a salt", Buffer.from(hkdfSync("sha256", SECRET, "salt", "taskbridge/access-token/v1", 32))],
    [
      "SHA-512 in the derivation",
      Buffer.from(hkdfSync("sha512", SECRET, "", "taskbridge/access-token/v1", 32)),
    ],
    [
      "64 bytes derived",
      Buffer.from(hkdfSync("sha256", SECRET, "", "taskbridge/access-token/v1", 64)),
    ],
    ["the key in hex", KEY.toString("hex")],
    ["the key in base64url", KEY.toString("base64url")],
    ["the kid", KID],
    ["the first 31 bytes of the key", KEY.subarray(0, 31)],
    ["the key with a byte more", Buffer.concat([KEY, Buffer.from([1])])],
    ["the key of another secret", keyOf(OTHER_SECRET)],
    ["the secret with a newline", keyOf(`${SECRET}\n`)],
  ];
  it.each(keys)("%s", (_name, key) => expectRefused(signed(key), "token_signature"));
});

describe("tokens of Better Auth's own make, HS256 with the raw secret:", () => {
  const email = { email: "a@b.example", iat: NOW - 10, exp: NOW + 890 };
  it.each([
    ["e-mail verification", '{"alg":"HS256"}', email],
    [
      "change of e-mail",
      '{"alg":"HS256"}',
      { ...email, updateTo: "c@d.example", requestType: "change-email-verification" },
    ],
    [
      "cookie cache",
      '{"alg":"HS256"}',
      { session: { id: "s" }, user: { id: "user-1" }, ...CLAIMS },
    ],
    ["with typ JWT", '{"alg":"HS256","typ":"JWT"}', CLAIMS],
  ])("%s -> token_type", (_name, header, claims) =>
    expectRefused(signText(header, JSON.stringify(claims), SECRET), "token_type"),
  );
  it("even with our header and our claims -> token_signature", () =>
    expectRefused(signed(SECRET), "token_signature"));
  it("with the raw secret's own kid -> token_key_unknown", () =>
    expectRefused(
      mint({ header: { kid: kidOf(Buffer.from(SECRET)) }, key: SECRET }),
      "token_key_unknown",
    ));
});

describe("several keys:", () => {
  const previous = keyOf(OTHER_SECRET);
  const old = mint({ header: { kid: kidOf(previous) }, key: previous });
  const both = verifierOf({ previousSecrets: [OTHER_SECRET] });

  it("a previous secret's token is accepted", () => expectAccepted(old, both));
  it("the current secret's token is accepted beside it", () => expectAccepted(mint(), both));
  it("an unlisted secret's token -> token_key_unknown", () =>
    expectRefused(old, "token_key_unknown"));
  it("the previous key under the current kid -> token_signature", () =>
    expectRefused(mint({ key: previous }), "token_signature", both));
  it("the current key under the previous kid -> token_signature", () =>
    expectRefused(mint({ header: { kid: kidOf(previous) } }), "token_signature", both));
  it("a previous key, derived, is accepted", () =>
    expectAccepted(old, verifierOf({ secret: undefined, key: KEY, previousKeys: [previous] })));
  it("a secret listed twice does no harm", () =>
    expectAccepted(mint(), verifierOf({ previousSecrets: [SECRET, SECRET] })));
});

describe("the derived key alone:", () => {
  it("verifies what the secret signed", () =>
    expectAccepted(mint(), verifierOf({ secret: undefined, key: KEY })));
  it("is copied: what happens to the bytes afterwards does not matter", async () => {
    const bytes = new Uint8Array(KEY);
    const verifier = verifierOf({ secret: undefined, key: bytes });
    bytes.fill(0);
    await expectAccepted(mint(), verifier);
    await expectRefused(mint({ key: bytes }), "token_signature", verifier);
  });
});
