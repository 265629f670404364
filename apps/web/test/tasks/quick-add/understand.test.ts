import type { Priority } from "@taskbridge/contract/rules";
import { describe, expect, test } from "vitest";
import { nearDays } from "../../../src/tasks/model/days.ts";
import * as englishDays from "../../../src/tasks/quick-add/days/english/english.ts";
import * as germanDays from "../../../src/tasks/quick-add/days/german/german.ts";
import { understand } from "../../../src/tasks/quick-add/understand.ts";
import * as english from "./english.ts";
import * as german from "./german.ts";

const WEDNESDAY = "2026-12-02";
const priorities: Record<string, Priority> = { high: "high", low: "low", hoch: "high" };

interface Viewer {
  locale?: string;
  today?: string;
  ignored?: string[];
  tags?: string[];
}
function read(line: string, viewer: Viewer = {}) {
  const { locale = "en-GB", today = WEDNESDAY, ignored = [], tags = [] } = viewer;
  const findDay = locale.startsWith("de") ? germanDays.daysIn() : englishDays.daysIn(locale);
  return understand(line, { priorities, findDay, today, tags, ignored: new Set(ignored) });
}

describe.each([
  ["en-US", [...english.days, ...english.american]],
  ["en-GB", [...english.days, ...english.british]],
  ["de-DE", german.days],
])("a day that is beyond doubt, in %s", (locale, days) => {
  test.each(days)("%j", (line, title, day) => {
    expect(read(line, { locale })).toMatchObject({ title, dueDate: day });
  });
});

describe.each([
  ["en-US", english.none],
  ["en-GB", english.none],
  ["de-DE", german.none],
])("no day, and the line as it was typed, in %s", (locale, none) => {
  test.each(none)("%j", (line) => {
    const { parts, title } = read(line, { locale });
    expect({ parts, title }).toEqual({ parts: [], title: line });
  });
});

test("there are more than 300 sentences, half of them without a day", () => {
  const { days, american, british, none } = english;
  const withDay = [days, american, british, german.days].flat().length;
  const without = none.length + german.none.length;
  expect(withDay + without).toBeGreaterThan(300);
  expect(without).toBeGreaterThanOrEqual(withDay);
});

const readDay = (line: string, today: string, locale = "en-GB") =>
  read(line, { today, locale }).dueDate;

test("day and month are ordered as where they stand alone, in Sweden unlike in whole dates", () => {
  expect(readDay("Flat 3/12", WEDNESDAY, "en-SE")).toBe("2026-12-03");
});

describe("whatever day it is", () => {
  test.each([
    ["2026-12-31", "tomorrow", "2027-01-01"],
    ["2027-01-31", "in a month", "2027-02-28"],
    ["2028-01-31", "in a month", "2028-02-29"],
    ["2028-02-28", "tomorrow", "2028-02-29"],
    ["2028-02-29", "in 12 months", "2029-02-28"],
    ["2026-12-02", "on 29 Feb", null],
    ["2027-03-01", "on 29 Feb", "2028-02-29"],
    ["2028-02-29", "on 29 Feb", "2028-02-29"],
    ["2026-12-31", "on 1 Jan", "2027-01-01"],
    ["2026-12-31", "on 31 Dec", "2026-12-31"],
    ["2026-12-31", "on Friday", "2027-01-01"],
    ["2026-12-06", "on Monday", "2026-12-07"],
    ["2026-12-06", "on Sunday", "2026-12-13"],
    ["2026-12-06", "next Monday", "2026-12-07"],
    ["2026-12-06", "next week", "2026-12-07"],
    ["2026-12-07", "next week", "2026-12-14"],
    ["2026-12-07", "next Monday", "2026-12-14"],
    ["2026-12-07", "next Friday", null],
    ["2026-12-04", "next Thursday", "2026-12-10"],
    ["2026-12-04", "Thursday this week", null],
    ["2026-12-06", "Friday next week", "2026-12-11"],
    ["2026-12-06", "a week from Sunday", "2026-12-20"],
    ["2026-12-06", "the Monday after next", "2026-12-14"],
  ])("on %s, %j", (today, words, day) => {
    expect(readDay(`Call ${words}`, today)).toBe(day);
  });

  test.each([
    ["2026-12-31", "morgen", "2027-01-01"],
    ["2027-01-31", "in einem Monat", "2027-02-28"],
    ["2026-12-06", "am Sonntag", "2026-12-13"],
    ["2026-12-06", "nächste Woche", "2026-12-07"],
    ["2026-12-06", "nächsten Montag", "2026-12-07"],
    ["2026-12-06", "Freitag in einer Woche", "2026-12-18"],
    ["2028-02-28", "am 29.2.", "2028-02-29"],
    ["2026-12-02", "am 29.2.", null],
  ])("on %s, in German, %j", (today, words, day) => {
    expect(readDay(`Anruf ${words}`, today, "de-AT")).toBe(day);
  });

  test.each(["2026-12-02", "2026-12-06", "2026-12-07", "2028-02-29"])(
    "on %s, next week is the day that the editor's button chooses",
    (today) => {
      const button = nearDays(today).find(([name]) => name === "nextWeek")?.[1];
      expect(readDay("Call next week", today)).toBe(button);
      expect(readDay("Anruf nächste Woche", today, "de-DE")).toBe(button);
    },
  );
});

const plain = { priority: "none", tags: [], dueDate: null };

test.each([
  ["Buy milk !high", { title: "Buy milk", priority: "high" }],
  ["Call Ana !high, then Bob", { title: "Call Ana, then Bob", priority: "high" }],
  ["Buy milk !hig", { title: "Buy milk !hig" }],
  [
    "!low Buy #home milk #shop #home",
    { title: "Buy milk", priority: "low", tags: ["home", "shop"] },
  ],
  ["Wow! C# a#b", { title: "Wow! C# a#b" }],
  ["See https://example.com/#top", { title: "See https://example.com/#top" }],
  ["اشترِ خبزًا #طعام", { title: "اشترِ خبزًا", tags: ["طعام"] }],
  ["Buy roses #❤️", { title: "Buy roses", tags: ["❤️"] }],
  ["Read #tomorrow", { title: "Read", tags: ["tomorrow"] }],
  ["Review PR #1234", { title: "Review PR #1234" }],
  ["Review #12-34 and #12.34", { title: "Review #12-34 and #12.34" }],
  ["Pay #rent;", { title: "Pay", tags: ["rent"] }],
  ["Pay #rent!", { title: "Pay!", tags: ["rent"] }],
  ["Buy #milk,eggs", { title: "Buy eggs", tags: ["milk"] }],
  ["#a,#b, #c: go", { title: "go", tags: ["a", "b", "c"] }],
  ["#home, then call", { title: "then call", tags: ["home"] }],
  ["Call (#home) Ana", { title: "Call Ana", tags: ["home"] }],
  ["Read #node.js.", { title: "Read.", tags: ["node.js"] }],
  ["“Fix #home” now", { title: "“Fix” now", tags: ["home"] }],
  ['Say "call #home"', { title: 'Say "call"', tags: ["home"] }],
  ["„Ruf #oma“ an", { title: "„Ruf“ an", tags: ["oma"] }],
  ["«Appelle #mamie»", { title: "«Appelle»", tags: ["mamie"] }],
  ["Say ‘call #mum’s’ twice", { title: "Say ‘call’ twice", tags: ["mum’s"] }],
  ["Buy milk #home…", { title: "Buy milk…", tags: ["home"] }],
  ["#home—now", { title: "now", tags: ["home"] }],
  ["Call #home—now", { title: "Call—now", tags: ["home"] }],
  ["Buy milk (#home!)", { title: "Buy milk", tags: ["home"] }],
  ["today ?", { title: "", dueDate: "2026-12-02" }],
  ["#only", { title: "", tags: ["only"] }],
  ["  odd   blanks\tstay  ", { title: "odd   blanks\tstay" }],
  [
    "Call #work !high fri #soon",
    { title: "Call", priority: "high", tags: ["work", "soon"], dueDate: "2026-12-04" },
  ],
])("signs: %j", (line, expected) => {
  const { parts: _, ...task } = read(line);
  expect(task).toEqual({ ...plain, ...expected });
});

test("a tag too many or too long stays in the title", () => {
  const tags = Array.from({ length: 20 }, (_, at) => `tag${at}`);
  const { title, tags: taken } = read(`Call #new #tag3 #${"x".repeat(51)}`, { tags });
  expect(title).toBe(`Call #new #${"x".repeat(51)}`);
  expect(taken).toEqual(tags);
});

test("what is to stay words stays", () => {
  const line = "Watch Friday #tv !high";
  expect(read(line, { ignored: ["Friday", "#tv", "!high"] })).toMatchObject({
    ...plain,
    title: line,
    parts: [],
  });
});

/** Pseudo-random numbers below a limit, the same in each run. */
function numbersFrom(seed: number) {
  let state = seed;
  return (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

describe("what is not understood stays as it was typed, byte for byte", () => {
  const below = numbersFrom(16);
  const pick = <T>(choices: readonly T[]) => choices[below(choices.length)] as T;
  const words = [
    "call",
    "Ana",
    "milk,",
    "(maybe)",
    "a-b",
    "x/y",
    "3,5",
    "“so”",
    "née",
    "Grüße",
    "日本",
    "👩‍👩‍👧",
    "e\u0301",
    "100%",
    "№7",
    "->",
    "C++",
    "#12",
    "!!",
    "https://a.example/?q=fri-1/2",
    "a_b",
    "www.today.com",
    "7×8",
    "\u200bzero",
  ];
  const blanks = [" ", "  ", "\t", "\u00a0", " \u2009"];
  const text = (count: number) =>
    Array.from({ length: count }, () => pick(words)).reduce(
      (line, word) => line + pick(blanks) + word,
    );

  test.each(["en-US", "en-GB", "de-DE"])("without a day, in %s", (locale) => {
    for (let run = 0; run < 500; run++) {
      const line = pick(["", " ", "\t"]) + text(1 + below(9)) + pick(["", "  "]);
      expect(read(line, { locale }).title).toBe(line.trim());
    }
  });

  test.each([
    ["en-GB", "tomorrow"],
    ["en-GB", "by 24 Dec"],
    ["de-DE", "übermorgen"],
    ["de-DE", "am 24.12."],
  ])("around a day, in %s: %j", (locale, day) => {
    for (let run = 0; run < 500; run++) {
      const [before, after] = [
        `go${pick(blanks)}${text(1 + below(4))} x`,
        `y ${text(1 + below(4))}`,
      ];
      const line = `${before}${pick(blanks)}${day}${pick(blanks)}${after}`;
      expect(read(line, { locale }).title).toBe(`${before} ${after}`);
    }
  });

  test("the longest line that is read takes no second", () => {
    const line = `${"(the 1 , am bis zum 24. und !x #y ".repeat(58)}tomorrow`;
    const began = performance.now();
    for (const locale of ["en-GB", "de-DE"]) read(line, { locale });
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(read(`${line} ${line}`).title).toBe(`${line} ${line}`);
  });
});
