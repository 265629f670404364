import { describe, expect, it } from "vitest";
import {
  CLAIMS,
  claimsText,
  encode,
  expectAccepted,
  expectRefused,
  HEADER,
  KEY,
  macOf,
  mint,
  signText,
} from "./helpers.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const token = mint();
const [header = "", payload = "", signature = ""] = token.split(".");
const input = `${header}.${payload}`;
/** The same input under a MAC of these bytes. */
const withMac = (mac: Uint8Array) => `${input}.${encode(mac)}`;
/** Signs encoded parts as they stand, whatever their spelling. */
const signEncoded = (one: string, two: string) => `${one}.${two}.${encode(macOf(`${one}.${two}`))}`;
/** A text whose base64url ends in unused bits, by spaces that JSON ignores. */
const padded = (text: string, rest: number) => {
  while (text.length % 3 !== rest) text += " ";
  return text;
};
/** The next spelling of the same bytes: the last unused bit is set. */
const respell = (part: string) =>
  part.slice(0, -1) + ALPHABET[ALPHABET.indexOf(part.slice(-1)) + 1];

describe("not a compact token -> token_malformed:", () => {
  const cases: [name: string, token: unknown][] = [
    ["nothing", undefined],
    ["null", null],
    ["a number", 42],
    ["a bigint", 42n],
    ["a symbol", Symbol("token")],
    ["an array that holds a token", [token]],
    ["a String object", new String(token)],
    ["an object with a toString of its own", { toString: () => token }],
    ["an object with a split of its own", { length: 3, split: () => [header, payload, signature] }],
    ["bytes", Buffer.from(token)],
    ["an empty string", ""],
    ["a word", "token"],
    ["two dots", ".."],
    ["one part", header],
    ["two parts", input],
    ["two parts and a dot before", `.${input}`],
    ["four parts", `${token}.${signature}`],
    ["a dot after", `${token}.`],
    ["five parts, as a JWE has", `${token}.${payload}.${signature}`],
    ["no header", `.${payload}.${signature}`],
    ["no payload", `${header}..${signature}`],
    ["the JSON form", JSON.stringify({ protected: header, payload, signature })],
    ["a space before", ` ${token}`],
    ["a space after", `${token} `],
    ["a newline after", `${token}\n`],
    ["a newline within", `${header}\n.${payload}.${signature}`],
    [
      "a tab within the payload",
      `${header}.${payload.slice(0, 8)}\t${payload.slice(8)}.${signature}`,
    ],
    ["a NUL after", `${token}\0`],
    ["the scheme before", `Bearer ${token}`],
    ["quotes around", `"${token}"`],
    ["a padded header", signEncoded(`${header}=`, payload)],
    ["a padded payload", signEncoded(header, `${payload}==`)],
    ["a padded signature", `${token}=`],
    ["the plain base64 alphabet, +", `${input}.${signature.slice(0, -2)}+A`],
    ["the plain base64 alphabet, /", `${input}.${signature.slice(0, -2)}/A`],
    ["a percent escape", `${input}.%2D${signature.slice(3)}`],
    ["a letter that looks like an A", token.replace("A", "\u0410")],
    ["a signature of 4n + 1 characters", `${input}.${signature}AA`],
    ["a header of one character", signEncoded("e", payload)],
  ];
  it.each(cases)("%s", (_name, value) => expectRefused(value, "token_malformed"));
});

describe("one spelling of the bytes:", () => {
  const last = ALPHABET.indexOf(signature.slice(-1));
  const others = [1, 2, 3].map((bits) => signature.slice(0, -1) + ALPHABET[last + bits]);

  it("the fourth spelling of the MAC is the canonical one", () => expectAccepted(token));
  it.each(others.map((spelling, at) => [at + 1, spelling]))(
    "spelling %i of the same MAC -> token_malformed",
    async (_at, spelling) => {
      expect(Buffer.from(String(spelling), "base64url")).toEqual(macOf(input));
      await expectRefused(`${input}.${spelling}`, "token_malformed");
    },
  );

  const spellings: [name: string, header: string, payload: string][] = [
    [
      "a header with unused bits, two characters over",
      respell(encode(padded(JSON.stringify(HEADER), 1))),
      payload,
    ],
    [
      "a header with unused bits, three characters over",
      respell(encode(padded(JSON.stringify(HEADER), 2))),
      payload,
    ],
    [
      "a payload with unused bits, two characters over",
      header,
      respell(encode(padded(claimsText(), 1))),
    ],
    [
      "a payload with unused bits, three characters over",
      header,
      respell(encode(padded(claimsText(), 2))),
    ],
  ];
  it.each(spellings)("%s -> token_malformed", (_name, one, two) =>
    expectRefused(signEncoded(one, two), "token_malformed"),
  );
  it.each([0, 1, 2])("parts of 3n + %i bytes are accepted", (rest) =>
    expectAccepted(signText(padded(JSON.stringify(HEADER), rest), padded(claimsText(), rest))),
  );
});

describe("the MAC, changed -> token_signature:", () => {
  const mac = macOf(input);
  const flipped = (at: number, bit: number) => {
    const copy = Buffer.from(mac);
    copy[at] = (copy[at] ?? 0) ^ (1 << bit);
    return copy;
  };
  const cases: [name: string, token: string][] = [
    ["empty", `${input}.`],
    ["all zeros", withMac(Buffer.alloc(32))],
    ["all ones", withMac(Buffer.alloc(32, 255))],
    ["the first bit flipped", withMac(flipped(0, 7))],
    ["the lowest bit of the first byte flipped", withMac(flipped(0, 0))],
    ["a bit in the middle flipped", withMac(flipped(15, 3))],
    ["the last bit flipped", withMac(flipped(31, 0))],
    ["all bits flipped", withMac(mac.map((byte) => byte ^ 255))],
    ["reversed", withMac(Buffer.from(mac).reverse())],
    ["cut to 31 bytes", withMac(mac.subarray(0, 31))],
    ["cut to 16 bytes", withMac(mac.subarray(0, 16))],
    ["cut to 10 bytes", withMac(mac.subarray(0, 10))],
    ["cut to one byte", withMac(mac.subarray(0, 1))],
    ["the last half of it", withMac(mac.subarray(16))],
    ["a byte more", withMac(Buffer.concat([mac, Buffer.alloc(1)]))],
    ["twice", withMac(Buffer.concat([mac, mac]))],
    ["of the header alone", withMac(macOf(header))],
    ["of the payload alone", withMac(macOf(payload))],
    ["of both without the dot", withMac(macOf(header + payload))],
    ["of the decoded parts", withMac(macOf(`${JSON.stringify(HEADER)}.${JSON.stringify(CLAIMS)}`))],
    ["in hex", `${input}.${mac.toString("hex")}`],
    ["SHA-1", withMac(macOf(input, KEY, "sha1"))],
    ["SHA-512 under HS256", withMac(macOf(input, KEY, "sha512"))],
    ["SHA-512 cut to 32 bytes", withMac(macOf(input, KEY, "sha512").subarray(0, 32))],
    ["of another valid token", `${input}.${mint({ claims: { jti: "token-2" } }).split(".")[2]}`],
    [
      "of another user's payload",
      `${header}.${encode(JSON.stringify({ ...CLAIMS, sub: "user-2", user_id: "user-2" }))}.${signature}`,
    ],
  ];
  it.each(cases)("%s", (_name, forged) => expectRefused(forged, "token_signature"));
});

describe("4 KiB, not a byte more:", () => {
  /** A valid token of this many characters: spaces in both parts, which JSON ignores. */
  const ofLength = (length: number) => {
    for (const header of [0, 1, 2].map((spaces) => JSON.stringify(HEADER) + " ".repeat(spaces))) {
      const room = length - 45 - encode(header).length;
      const grown = signText(header, claimsText().padEnd(Math.floor((room * 3) / 4), " "));
      if (grown.length === length) return grown;
    }
    return expect.fail("No token has this length.");
  };
  it("4095 bytes are accepted", () => expectAccepted(ofLength(4095)));
  it("4096 bytes are accepted", () => expectAccepted(ofLength(4096)));
  it("4097 bytes -> token_malformed", () => expectRefused(ofLength(4097), "token_malformed"));
  it("a megabyte -> token_malformed", () =>
    expectRefused(`${header}.${"A".repeat(2 ** 20)}.${signature}`, "token_malformed"));
  it("a megabyte of dots -> token_malformed", () =>
    expectRefused(".".repeat(2 ** 20), "token_malformed"));
});
