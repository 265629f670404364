import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetAllKeys, forgetKeys, keysFor } from "../../src/tasks/transfer/kept-keys.ts";
import { MemoryStorage } from "../support/memory-storage.ts";

beforeEach(() => {
  vi.stubGlobal("localStorage", new MemoryStorage());
  vi.useFakeTimers();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a text has the same key again until what it stands for is done, or a day is nearly over", () => {
  const keys = keysFor("ada", ["title\na\n", "title\nb\n"]);
  expect(new Set(keys).size).toBe(2);
  expect(keysFor("ada", ["title\na\n", "title\nb\n"])).toEqual(keys);
  vi.advanceTimersByTime(24 * 60 * 60 * 1000);
  const later = keysFor("ada", ["title\na\n", "title\nb\n"]);
  expect(new Set([...keys, ...later]).size).toBe(4);
  forgetKeys("ada", later);
  expect(keysFor("ada", ["title\na\n"])).not.toEqual(later.slice(0, 1));
});

test("parts of a file that are the same are not taken for one", () => {
  expect(new Set(keysFor("ada", ["x", "x", "y"])).size).toBe(3);
});

test("nothing of a file stays", () => {
  keysFor("ada", ["title\nsecret\n"]);
  expect(JSON.stringify(localStorage)).not.toContain("secret");
  forgetAllKeys("ada");
  expect(Object.keys(localStorage)).toEqual([]);
});

test("what somebody has broken is as if it were not there", () => {
  const kept = keysFor("ada", ["x"]);
  const [name = ""] = Object.keys(localStorage);
  for (const broken of ["{", "null", "7"]) {
    localStorage.setItem(name, broken);
    expect(() => forgetKeys("ada", kept)).not.toThrow();
    expect(keysFor("ada", ["x"])[0]).toMatch(/\w{8}/);
  }
});

test("without room there is a key all the same", () => {
  vi.stubGlobal("localStorage", new MemoryStorage(() => 0));
  expect(keysFor("ada", ["x"])[0]).toMatch(/\w{8}/);
});
