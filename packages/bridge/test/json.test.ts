import { describe, expect, it } from "vitest";
import {
  accessOf,
  CLAIMS,
  claimsText,
  expectRefused,
  HEADER,
  headerText,
  refusalOf,
  signText,
} from "./helpers.ts";

const header = JSON.stringify(HEADER);
const claims = JSON.stringify(CLAIMS);
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));
/** The claims with raw bytes within a string that nobody reads. */
const withBytes = (...raw: number[]) => bytes(claims.slice(0, -1), ',"x":"', raw, '"}');
const nested = (levels: number) => `"x":${"[".repeat(levels)}${"]".repeat(levels)}`;

/** All rightly signed: what is refused is the text alone. */
const texts: [name: string, header: string | Buffer, payload: string | Buffer][] = [
  ["a payload that is an array", header, `[${claims}]`],
  ["a payload that is null", header, "null"],
  ["a payload that is a string", header, JSON.stringify(claims)],
  ["a payload that is a number", header, "1"],
  ["a payload that is true", header, "true"],
  ["a payload of spaces", header, "   "],
  ["a payload that is another token", header, signText(header, claims)],
  ["a header that is an array", `[${header}]`, claims],
  ["a header that is null", "null", claims],
  ["a header that is a string", JSON.stringify(header), claims],
  ["a header that is no JSON", "header", claims],
  ["a truncated payload", header, claims.slice(0, -1)],
  ["two objects, one after the other", header, claims + claims],
  ["a comma too many", header, `${claims.slice(0, -1)},}`],
  ["a comment", header, claims.replace("{", "{/**/")],
  ["single quotes", header, claims.replaceAll('"', "'")],
  ["names without quotes", header, claims.replaceAll(/"(\w+)":/g, "$1:")],
  ["NaN", header, claims.replace(/"exp":\d+/, '"exp":NaN')],
  ["Infinity", header, claims.replace(/"exp":\d+/, '"exp":Infinity')],
  ["a hexadecimal number", header, claims.replace(/"exp":\d+/, '"exp":0x7fffffff')],
  ["a number with a plus", header, claims.replace('"exp":', '"exp":+')],
  ["a number with a leading zero", header, claims.replace('"exp":', '"exp":0')],
  ["a newline within a string", header, claims.replace("user-1", "user-1\n")],
  ["a NUL after the payload", header, `${claims}\0`],
  ["a NUL after the header", `${header}\0`, claims],
  ["a non-breaking space around", header, `\u00a0${claims}`],
  ["a byte order mark before the payload", header, `\ufeff${claims}`],
  ["a byte order mark before the header", `\ufeff${header}`, claims],
  ["UTF-16", header, Buffer.from(claims, "utf16le")],
  ["Latin-1", header, withBytes(0xe9)],
  ["a byte that UTF-8 never has", header, withBytes(0xff)],
  ["a lone continuation byte", header, withBytes(0x80)],
  ["a sequence that breaks off", header, withBytes(0xe2, 0x82)],
  ["an overlong slash", header, withBytes(0xc0, 0xaf)],
  ["an overlong quotation mark", header, withBytes(0xc0, 0xa2)],
  ["a surrogate in UTF-8", header, withBytes(0xed, 0xa0, 0x80)],
  ["a character past U+10FFFF", header, withBytes(0xf4, 0x90, 0x80, 0x80)],
  ["a payload that ends within a character", header, bytes(claims, [0xe2])],
  ["invalid UTF-8 in the header", bytes(header.slice(0, -1), ',"x":"', [0xff], '"}'), claims],
  ["sub twice, the same", header, claimsText('"sub":"user-1"')],
  ["sub twice, another one last", header, claimsText('"sub":"user-2"')],
  ["sub twice, another one first", header, `{"sub":"user-2",${claims.slice(1)}`],
  ["sub twice, once escaped", header, claimsText('"\\u0073ub":"user-1"')],
  ["sub twice, once escaped in capitals", header, claimsText('"s\\u0075\\u0062":"user-2"')],
  ["sub twice, the first one escaped", header, `{"\\u0073ub":"user-2",${claims.slice(1)}`],
  ["exp twice", header, claimsText('"exp":9999999999')],
  ["an unknown claim twice", header, claimsText('"x":1,"x":1')],
  ["an empty name twice", header, claimsText('"":1,"":2')],
  ["__proto__ twice", header, claimsText('"__proto__":1,"__proto__":2')],
  ["a name twice within an object", header, claimsText('"x":{"a":1,"a":2}')],
  ["a name twice within an object in an array", header, claimsText('"x":[0,{"a":[],"b":1,"a":2}]')],
  ["a name twice around an object", header, claimsText('"x":{"a":{"a":1},"a":2}')],
  ["a name twice, a slash once escaped", header, claimsText('"a/b":1,"a\\/b":2')],
  ["a name twice with a quotation mark in it", header, claimsText('"a\\"b":1,"a\\u0022b":2')],
  ["a name twice with a backslash at its end", header, claimsText('"a\\\\":1,"a\\u005c":2')],
  ["alg twice", headerText('"alg":"HS256"'), claims],
  ["alg twice, none first", `{"alg":"none",${header.slice(1)}`, claims],
  ["alg twice, once escaped", headerText('"\\u0061lg":"none"'), claims],
  ["kid twice", headerText('"kid":"x"'), claims],
  ["arrays 16 levels deep", header, claimsText(nested(16))],
  ["arrays 1000 levels deep", header, claimsText(nested(1000))],
  ["a thousand opening brackets", header, "[".repeat(1000)],
  ["a thousand opening braces", header, '{"a":'.repeat(500)],
  ["a thousand closing brackets", header, "]".repeat(1000)],
  ["an opening quotation mark alone", header, '{"'],
  ["a backslash at the end", header, '{"\\'],
  ["an escape that JSON does not know", header, claimsText('"\\x73ub":"user-2"')],
  ["arrays 100 levels deep in the header", headerText(nested(100)), claims],
];

describe("not a plain JSON object -> token_malformed:", () => {
  it.each(texts)("%s", async (_name, one, two) => {
    const error = await refusalOf(signText(one, two), "token_malformed");
    expect(error.cause).toBeUndefined();
  });
});

describe("a plain JSON object is accepted:", () => {
  const accepted: [name: string, payload: string][] = [
    ["as the issuer writes it", claims],
    ["with white space", JSON.stringify(CLAIMS, null, "\t")],
    ["with carriage returns", JSON.stringify(CLAIMS, null, 2).replaceAll("\n", "\r\n")],
    ["with escapes in a name", claims.replace('"sub"', '"\\u0073ub"')],
    ["with an escaped quotation mark in a value", claimsText('"x":"\\",\\"sub\\":\\"user-2"')],
    ["with a name in a value", claimsText('"x":"sub"')],
    ["with one name in two objects", claimsText('"x":{"a":1},"y":{"a":1}')],
    ["with one name at two levels", claimsText('"x":{"sub":1}')],
    ["with one name in two objects of an array", claimsText('"x":[{"a":1},{"a":1}]')],
    ["with one value twice in an array", claimsText('"x":["a","a",{"b":"b"},"a"]')],
    ["with names that differ in case", claimsText('"SUB":"user-2"')],
    ["with names that differ in normalisation", claimsText('"\u00e9":1,"e\u0301":2')],
    ["with empty containers", claimsText('"x":{},"y":[],"z":[{}]')],
    ["with other scripts and an emoji", claimsText('"x":"žluťoučký 日本 🚀"')],
    ["with U+FFFD, rightly encoded", claimsText('"x":"\ufffd"')],
    ["15 levels deep below the object", claimsText(nested(15))],
  ];
  it.each(accepted)("%s", async (_name, payload) => {
    expect((await accessOf(signText(header, payload))).userId).toBe("user-1");
  });

  it("with a __proto__ that changes nothing", async () => {
    const payload = claimsText('"__proto__":{"sub":"user-2","admin":true}');
    const access = await accessOf(signText(header, payload));
    expect(access.userId).toBe("user-1");
    expect("admin" in access || "admin" in {}).toBe(false);
  });

  it("but a __proto__ stands in for no claim", () =>
    expectRefused(
      signText(header, claims.replace('"sid":"session-1"', '"__proto__":{"sid":"session-1"}')),
      "token_claims",
    ));
});
