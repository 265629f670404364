import { describe, expect, it } from "vitest";
import {
  ALPHABET,
  claimsText,
  encode,
  expectAccepted,
  expectRefused,
  HEADER,
  macOf,
  mint,
  signText,
} from "./helpers.ts";

const token = mint();
const [header = "", payload = "", signature = ""] = token.split(".");
const input = `${header}.${payload}`;
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
/** The canonical token, with its payload in another spelling of the same bytes. */
function respelledPayload(): string {
  const [one = "", two = "", mac] = signText(JSON.stringify(HEADER), padded(claimsText(), 1)).split(
    ".",
  );
  return `${one}.${respell(two)}.${mac}`;
}

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
    ["spaces before the signature", `${input}.   ${signature}`],
    ["a question mark after the signature", `${token}?`],
    // A decoder that skips what it does not know would find the right MAC here: it was made over the
    // text as it stands, or over the text without what is skipped.
    ["spaces after the header, signed", signEncoded(`${header}    `, payload)],
    ["hashes after the header, signed", signEncoded(`${header}####`, payload)],
    ["spaces before the payload, signed", signEncoded(header, `    ${payload}`)],
    ["hashes before the payload, signed", signEncoded(header, `####${payload}`)],
    ["a question mark before the payload, signed", signEncoded(header, `?${payload}`)],
    ["a question mark within the header", `${token.slice(0, 9)}?${token.slice(9)}`],
    ["a question mark after the payload", `${input}?.${signature}`],
    ["unused bits in the payload under the MAC of the plain spelling", respelledPayload()],
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
