import { describe, expect, test } from "vitest";
import { hideAlways, redact, withoutQuotes } from "../src/log/redact.ts";

const token = [
  "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9",
  "eyJzdWIiOiJ1c2VyLTEifQ",
  "TD37p4c_0jmreSrBSDmE0F3mYSPtkZ3WrSyI5wb_KTg",
].join(".");
const session = "Ab3dEf6hIj9lMn2pQr5tUv8xYz1bCd4f";
const signed = `${session}.c1LROH7eNQwUT8KMVEO52VC3WZ9e/AnDWbZ7aMmowV8=`;

describe("is hidden:", () => {
  const cases: [name: string, text: string, secret: string][] = [
    ["a token", `got ${token}.`, token.slice(-43)],
    ["a token in a path", `/api/${token}/tasks`, token.slice(0, 20)],
    ["a token with its dots escaped", token.replaceAll(".", "%2E"), token.slice(-43)],
    ["a token without its signature", token.slice(0, token.lastIndexOf(".")), "eyJzdWIi"],
    ["three parts that are no JSON", `${session}.${session}.${session}`, session],
    ["a bearer header", "Authorization: Bearer abc-123", "abc-123"],
    ["a bearer header in an address", "?h=bEaReR%20abc-123", "abc-123"],
    ["a basic header", "Basic bWU6aHVzaA==", "bWU6"],
    ["a session cookie", `better-auth.session_token=${session}; Path=/`, session],
    ["a secure session cookie", `__Secure-better-auth.session_token=${signed}`, session],
    ["a session cookie's value alone", `cookie of ${signed}`, session],
    ["the same in an address", encodeURIComponent(signed), session],
    ["a password in JSON", '{"password":"hush \\"hush\\" hush","a":1}', "hush"],
    ["a new password in a dumped object", "{ newPassword: 'hush-hush', a: 1 }", "hush-hush"],
    ["a password in a query", "/reset?newPassword=hush-hush&a=1", "hush-hush"],
    ["a token in a query", "/verify?token=hush-hush", "hush-hush"],
    ["a database address's password", "postgresql://me:hush-hush@db:5432/tasks", "hush-hush"],
    ["an e-mail address", "no user ada.lovelace+tasks@example.com here", "lovelace"],
    ["the same in an address", "/x?mail=ada%40example.com", "ada%40"],
  ];
  test.each(cases)("%s", (_, text, secret) => {
    expect(text).toContain(secret);
    expect(redact(text)).not.toContain(secret);
    expect(redact(text)).toMatch(/\[hidden\]|\[e-mail\]/);
  });

  test("a known secret, wherever it stands and in an address's spelling too", () => {
    hideAlways("käse & brot", "tiny");
    expect(redact("xkäse & broty")).toBe("x[hidden]y");
    expect(redact("/?s=k%C3%A4se%20%26%20brot")).toBe("/?s=[hidden]");
    expect(redact("tiny words")).toBe("tiny words");
  });
});

test.each([
  "The database is out of reach: tokens will be refused.",
  "/api/Ab3dEf6hIj9lMn2pQr5tUv8xYz1bCd4f/tasks/0199d1c2-9f0e-7cc0-8d4e-1f2a3b4c5d6e",
  "at verify (file:///srv/node_modules/@prisma/client/runtime/client.mjs:12:3456)",
  "at file:///srv/apps/web/src/trpc/access-token.ts:18:5",
  "connect ECONNREFUSED 127.0.0.1:5432",
  "Invalid origin: https://evil.example:8443",
  "2026-11-21T10:00:00.000Z",
])("is left as it is: %s", (text) => expect(redact(text)).toBe(text));

test("a long text is cut, after what must be hidden is", () => {
  expect(redact("x".repeat(5_000))).toBe(`${"x".repeat(4_000)}…`);
  const text = `${"x ".repeat(1_990)}${token}`;
  expect(redact(text)).not.toContain("eyJ");
});

test.each(["a", "a.", "@", "eyJ", "://", "token=", "A1b2C3d4", 'password="', "%40 "])(
  "takes no time for a long text of %j",
  (unit) => {
    const startedAt = performance.now();
    redact(unit.repeat(20_000));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  },
);

test.each([
  ['Unexpected token C, "CANARY" is not valid JSON', 'Unexpected token C, "…" is not valid JSON'],
  ['invalid input syntax for type uuid: "a"CANARY"', 'invalid input syntax for type uuid: "…"'],
  ['cut off: "CANARY\nCANARY', 'cut off: "…"'],
  ["Cannot read properties of undefined (reading 'id')", undefined],
])("what a message quotes is left out: %s", (message, expected = message) =>
  expect(withoutQuotes(message)).toBe(expected),
);
