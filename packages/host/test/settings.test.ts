import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadEnv, ownOrigin, readHost, readOrigins, SettingsError } from "../src/settings.ts";

const started = process.cwd();
let root: string;
let file: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "taskbridge-env-")));
  file = join(root, ".env");
  writeFileSync(join(root, "turbo.json"), "{}");
  process.chdir(root);
});
afterEach(() => {
  process.chdir(started);
  rmSync(root, { recursive: true });
  delete process.env.TASKBRIDGE_TEST_SETTING;
});

/** The sentence that the reader gets, where there is one. */
function told(): string {
  try {
    loadEnv();
    return "";
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

test("what .env says counts where the environment is silent", () => {
  expect(loadEnv()).toBe(root);
  writeFileSync(file, "TASKBRIDGE_TEST_SETTING=größer\n");
  loadEnv();
  expect(process.env.TASKBRIDGE_TEST_SETTING).toBe("größer");
});

test.each([
  ["UTF-16", Buffer.from("\ufeffPORT=3000\n", "utf16le"), /^\.env is not UTF-8; save it as/],
  ["Latin-1", Buffer.from("NAME=größer\n", "latin1"), /^\.env is not UTF-8; save it as/],
  ["a NUL", Buffer.from("PORT=30\0\0\n"), /^\.env has NUL characters; save it as/],
  ["UTF-16 without its mark", Buffer.from("PORT=1\n", "utf16le"), /^\.env has NUL/],
  ["a byte order mark", Buffer.from("\ufeffPORT=3000\n"), /^\.env has a byte order mark/],
])("one with %s is told in a sentence", (_, bytes, sentence) => {
  writeFileSync(file, bytes);
  expect(told()).toMatch(sentence);
});

test("a folder in its place is told in a sentence", () => {
  mkdirSync(file);
  expect(told()).toBe(".env cannot be read: it is a folder; put a file in its place.");
});

// Whoever may read everything is not refused.
test.skipIf(process.getuid?.() === 0 || process.platform === "win32")(
  "one that may not be read is told in a sentence",
  () => {
    writeFileSync(file, "PORT=3000\n");
    chmodSync(file, 0);
    expect(told()).toMatch(/^\.env cannot be read: this user is not allowed to/);
  },
);

test.each([
  [undefined, "http://localhost:3000", "loopback"],
  ["", "http://127.0.0.1:3000", "loopback"],
  [" ", "http://[::1]:3000", "loopback"],
  [undefined, "http://tasks.localhost:3000", "loopback"],
  [undefined, "http://localhost.:3000", "loopback"],
  [undefined, "http://127.8.9.1:3000", "127.8.9.1"],
  [undefined, "http://127.0.0.1.example.com", undefined],
  ["localhost", "https://tasks.example.com", "loopback"],
  [undefined, "https://tasks.example.com", undefined],
  ["0.0.0.0", "http://localhost:3000", "0.0.0.0"],
  ["[::1]", "https://tasks.example.com", "::1"],
])("with HOST %j and the address %s it listens at %s", (host, baseUrl, where) => {
  expect(readHost(host, baseUrl)).toBe(where);
});

test.each([
  ["loopback", "http://127.0.0.1:4"],
  [undefined, "http://127.0.0.1:4"],
  ["0.0.0.0", "http://127.0.0.1:4"],
  ["::1", "http://[::1]:4"],
  ["192.0.2.1", "http://192.0.2.1:4"],
])("a process that listens at %s reaches itself at %s", (host, origin) => {
  expect(ownOrigin({ host, port: 4 })).toBe(origin);
});

test("origins are a list of exact ones", () => {
  const read = (text: string) => readOrigins("CORS_ORIGINS", text, "https://app.example.com");
  expect(read(" https://A.example:443/ , chrome-extension://abc,")).toEqual([
    "https://a.example",
    "chrome-extension://abc",
  ]);
  for (const text of [
    "*",
    "null",
    "https://*.a.example",
    "https://a.example/x",
    "javascript://a",
  ]) {
    expect(() => read(text)).toThrow("CORS_ORIGINS must be an origin");
  }
});
