import { describe, expect, it } from "vitest";
import {
  BridgeError,
  type BridgeErrorCode,
  InvalidRequestError,
  readBearer,
} from "../src/index.ts";
import { mint } from "./helpers.ts";

const withHeader = (...values: string[]) => {
  const headers = new Headers();
  for (const value of values) headers.append("Authorization", value);
  return headers;
};

function refusal(headers: Headers): BridgeError {
  try {
    readBearer(headers);
  } catch (error) {
    if (error instanceof BridgeError) return error;
    throw error;
  }
  return expect.fail("A token was read.");
}

describe("the token is read from", () => {
  const token = mint();
  const cases: [name: string, header: string, token: string][] = [
    ["Bearer and a token", `Bearer ${token}`, token],
    ["bearer in small letters", `bearer ${token}`, token],
    ["BEARER in capitals", `BEARER ${token}`, token],
    ["bEaReR in both", `bEaReR ${token}`, token],
    ["several spaces after the scheme", `Bearer    ${token}`, token],
    ["white space around the value", `  Bearer ${token}\t `, token],
    ["one character", "Bearer a", "a"],
    ["every character of token68", "Bearer aZ09-._~+/==", "aZ09-._~+/=="],
    ["a token that is called Bearer", "Bearer Bearer", "Bearer"],
  ];
  it.each(cases)("%s", (_name, header, expected) => {
    expect(readBearer(withHeader(header))).toBe(expected);
  });
});

describe("no token is read:", () => {
  const cases: [name: string, code: BridgeErrorCode, headers: string[]][] = [
    ["no header", "token_missing", []],
    ["an empty header", "token_missing", [""]],
    ["a header of spaces", "token_missing", ["   "]],
    ["Basic", "token_missing", ["Basic dXNlcjpwYXNz"]],
    ["DPoP", "token_missing", [`DPoP ${mint()}`]],
    ["Digest with parameters", "token_missing", ['Digest username="a", realm="b", uri="/"']],
    ["Digest with a parameter called bearer", "token_missing", ['Digest username="a", bearer="b"']],
    ["Negotiate", "token_missing", ["Negotiate YII="]],
    ["a token without a scheme", "token_missing", [mint()]],
    ["a scheme that begins with Bearer", "token_missing", [`BearerX ${mint()}`]],
    ["a scheme that ends in Bearer", "token_missing", [`XBearer ${mint()}`]],
    ["Bearer and token in one word", "token_missing", [`Bearer${mint()}`]],
    ["a comma alone", "token_missing", [","]],
    ["Basic twice", "token_missing", ["Basic YTpi", "Basic YTpi"]],
    ["Bearer alone", "token_malformed", ["Bearer"]],
    ["Bearer and spaces", "token_malformed", ["Bearer   "]],
    ["a tab after Bearer", "token_malformed", [`Bearer\t${mint()}`]],
    ["a space and a tab after Bearer", "token_malformed", [`Bearer \t${mint()}`]],
    ["a colon after Bearer", "token_malformed", [`Bearer: ${mint()}`]],
    ["a slash after Bearer", "token_malformed", ["Bearer/abc"]],
    ["two words", "token_malformed", ["Bearer a b"]],
    ["a token in quotes", "token_malformed", ['Bearer "abc"']],
    ["a parameter", "token_malformed", ['Bearer token="abc"']],
    ["= in the middle", "token_malformed", ["Bearer a=b"]],
    ["= alone", "token_malformed", ["Bearer ="]],
    ["a comma at the end", "token_malformed", ["Bearer abc,"]],
    ["a comma in the token", "token_malformed", ["Bearer a,b"]],
    ["commas alone", "token_missing", [",,,"]],
    ["a Latin-1 character", "token_malformed", ["Bearer caf\u00e9"]],
    ["a percent escape", "token_malformed", ["Bearer a%20b"]],
    ["a semicolon", "token_malformed", ["Bearer a;b"]],
    ["two tokens in two headers", "invalid_request", ["Bearer a", "Bearer b"]],
    ["the same token twice", "invalid_request", [`Bearer ${mint()}`, `Bearer ${mint()}`]],
    ["two tokens in one header", "invalid_request", ["Bearer a, Bearer b"]],
    ["two tokens in one header, no space", "invalid_request", ["Bearer a,Bearer b"]],
    ["two tokens, small letters", "invalid_request", ["bearer a, bearer b"]],
    ["three tokens", "invalid_request", ["Bearer a", "Bearer b", "Bearer c"]],
    ["a token and an empty Bearer", "invalid_request", ["Bearer a", "Bearer"]],
    ["Basic before Bearer", "invalid_request", ["Basic YTpi", "Bearer a"]],
    ["Bearer before Basic", "invalid_request", ["Bearer a", "Basic YTpi"]],
    ["Bearer before Digest", "invalid_request", ["Bearer a", 'Digest username="a", realm="b"']],
    ["Digest before Bearer", "invalid_request", ['Digest username="a", realm="b"', "Bearer a"]],
  ];
  it.each(cases)("%s -> %s", (_name, code, values) => {
    expect(refusal(withHeader(...values)).code).toBe(code);
  });

  it("in a cookie, another header or anywhere but Authorization -> token_missing", () => {
    const headers = new Headers({
      cookie: `access_token=${mint()}`,
      "proxy-authorization": `Bearer ${mint()}`,
      "x-authorization": `Bearer ${mint()}`,
      "x-access-token": mint(),
    });
    expect(refusal(headers).code).toBe("token_missing");
  });

  it("a header of 256 KiB of commas takes no time", () => {
    const start = performance.now();
    expect(refusal(withHeader(`Bearer a${",".repeat(2 ** 18)}`)).code).toBe("token_malformed");
    expect(refusal(withHeader(`Bearer ${" ".repeat(2 ** 18)}!`)).code).toBe("token_malformed");
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("two tokens answer 400, everything else 401", () => {
    expect(refusal(withHeader("Bearer a", "Bearer b"))).toBeInstanceOf(InvalidRequestError);
    expect(refusal(withHeader("Bearer a", "Bearer b")).status).toBe(400);
    expect(refusal(withHeader("Bearer")).status).toBe(401);
    expect(refusal(withHeader()).status).toBe(401);
  });
});
