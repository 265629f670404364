import { expect, test } from "vitest";
import {
  firstWords,
  fold,
  isShortSearch,
  MAX_SEARCH_WORDS,
  taskExportQuerySchema,
  taskQuerySchema,
  wordsOf,
} from "../src/index.ts";

const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(" ");

test("a search has ten words at most, each counted once", () => {
  for (const schema of [taskQuerySchema, taskExportQuerySchema]) {
    expect(schema.safeParse({ q: words(10) }).success).toBe(true);
    expect(schema.safeParse({ q: `${words(10)} W9 w9` }).success).toBe(true);
    const { error } = schema.safeParse({ q: words(11) });
    expect(error?.issues[0]?.message).toBe("Must have at most 10 words.");
  }
});

test("what pages send of a longer one is always taken", () => {
  const typed = [
    words(11),
    words(60),
    ` ${words(12)} `,
    "\ufdfa".repeat(200),
    `${words(9)} \ufdfa`,
    "",
  ];
  for (const text of typed) {
    const sent = firstWords(text);
    expect(wordsOf(sent).length).toBeLessThanOrEqual(MAX_SEARCH_WORDS);
    expect(taskQuerySchema.safeParse({ q: sent }).success).toBe(true);
    expect(text).toContain(sent);
  }
  expect(firstWords(words(11))).toBe(words(10));
  expect(firstWords(words(3))).toBe(words(3));
});

test("a search is short where no word has three letters or digits in a row", () => {
  for (const text of ["a", "ab cd", "a-b-c", "日本", "--- ___", "é́"])
    expect(isShortSearch(text)).toBe(true);
  for (const text of ["", "  ", "abc", "a bcd", "日本語", "x 123"])
    expect(isShortSearch(text)).toBe(false);
});

test("folding takes away the same as if all marks were put in order first, and no longer for very many", () => {
  const slowly = (text: string) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  for (let point = 0; point < 0x30000; point += 1) {
    if (point >= 0xd800 && point < 0xe000) continue;
    const text = `a${String.fromCodePoint(point)}\u0323\u0301b`;
    if (fold(text) !== slowly(text)) expect([point, fold(text)]).toEqual([point, slowly(text)]);
  }
  const began = performance.now();
  fold(`a${"\u0301\u0323".repeat(100_000)}`);
  expect(performance.now() - began).toBeLessThan(1_000);
});
