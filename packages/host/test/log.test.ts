import { afterEach, expect, test, vi } from "vitest";
import { log } from "../src/log/log.ts";

afterEach(() => vi.restoreAllMocks());

/** What `log` writes, as it is. */
function written(...told: Parameters<typeof log>): string {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  log(...told);
  return write.mock.calls.map(([text]) => String(text)).join("");
}

test("a line is one JSON object with the time, the level, the message and the fields", () => {
  const text = written("warn", "Slow.", { path: "/api/x", ms: 12 });
  expect(text.match(/\n/g)).toHaveLength(1);
  expect(JSON.parse(text)).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    level: "warn",
    message: "Slow.",
    path: "/api/x",
    ms: 12,
  });
});

test.each([
  ["a line feed", "\n"],
  ["a carriage return", "\r"],
  ["U+2028", "\u2028"],
  ["U+2029", "\u2029"],
  ["NEL", "\u0085"],
  ["an escape sequence", "\u001b[2J"],
  ["an escape sequence in C1", "\u009b2J"],
  ["a NUL", "\0"],
  ["DEL", "\u007f"],
  ["a change of direction", "\u202e"],
  ["a tag, which is two units", "\u{e0041}"],
  ["half a pair", "\ud800"],
])("%s is escaped, and comes back as it was", (_, text) => {
  const line = written("info", `a${text}b`, { path: text }).slice(0, -1);
  expect(line).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(line)).toMatchObject({ message: `a${text}b`, path: text });
});

test("a line that a client would like to forge stays inside of one", () => {
  const forged = '"}\n{"level":"error","message":"All is lost."}\n{"x":"';
  const lines = written("info", "Asked.", { path: forged }).trimEnd().split("\n");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "info", path: forged });
});

test("every text of a line is redacted: message, fields, and what an error says", () => {
  const token = `eyJhbGciOiJIUzI1NiJ9.${"a".repeat(40)}.${"b".repeat(43)}`;
  const error = new Error(`no ${token}`, { cause: new Error(`nor ${token}`) });
  const text = written("error", `got ${token}`, { path: `/api/${token}` }, error);
  expect(text).not.toContain(token.slice(0, 12));
  expect(JSON.parse(text)).toMatchObject({
    message: "got [hidden]",
    path: "/api/[hidden]",
    error: { message: "no [hidden]", cause: { message: "nor [hidden]" } },
  });
});
