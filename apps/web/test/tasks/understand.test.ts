import type { Priority } from "@taskbridge/contract/rules";
import { casual as german } from "chrono-node/de";
import { casual as english } from "chrono-node/en";
import { expect, test } from "vitest";
import { daysBy } from "../../src/tasks/quick-add/find-days.ts";
import { understand } from "../../src/tasks/quick-add/understand.ts";

// A Wednesday, at noon wherever the tests run.
const now = () => new Date(2026, 10, 18, 12);
const priorities: Record<string, Priority> = { high: "high", low: "low", hoch: "high" };
const read = (line: string, language = english, ignored: string[] = []) => {
  const findDays = daysBy(language, now);
  const { parts: _, ...task } = understand(line, {
    priorities,
    findDays,
    ignored: new Set(ignored),
  });
  return task;
};
const plain = { priority: "none", tags: [], dueDate: null };

test.each([
  ["Buy milk", { title: "Buy milk" }],
  ["Buy milk !high", { title: "Buy milk", priority: "high" }],
  [
    "!low Buy #home milk #shop #home",
    { title: "Buy milk", priority: "low", tags: ["home", "shop"] },
  ],
  ["Buy milk !hig", { title: "Buy milk !hig" }],
  ["Wow! C# a#b", { title: "Wow! C# a#b" }],
  ["اشترِ خبزًا #طعام", { title: "اشترِ خبزًا", tags: ["طعام"] }],
  ["Call tomorrow", { title: "Call", dueDate: "2026-11-19" }],
  ["Call fri", { title: "Call", dueDate: "2026-11-20" }],
  ["Party 12 dec", { title: "Party", dueDate: "2026-12-12" }],
  ["Taxes 3 jan", { title: "Taxes", dueDate: "2027-01-03" }],
  ["Meet tomorrow at 5pm", { title: "Meet tomorrow at 5pm", dueDate: "2026-11-19" }],
  ["Ask May about march", { title: "Ask May about march" }],
  ["Read #tomorrow", { title: "Read", tags: ["tomorrow"] }],
  [
    "Call #work !high fri #soon",
    { title: "Call", priority: "high", tags: ["work", "soon"], dueDate: "2026-11-20" },
  ],
  ["#only", { title: "", tags: ["only"] }],
])("%j", (line, expected) => {
  expect(read(line)).toEqual({ ...plain, ...expected });
});

test("German days", () => {
  expect(read("Anrufen morgen !hoch", german)).toMatchObject({
    title: "Anrufen",
    dueDate: "2026-11-19",
    priority: "high",
  });
  expect(read("Bericht schreiben !hoch #arbeit morgen", german)).toEqual({
    ...plain,
    title: "Bericht schreiben",
    dueDate: "2026-11-19",
    priority: "high",
    tags: ["arbeit"],
  });
  expect(read("#arbeit morgen", german).dueDate).toBe("2026-11-19");
  expect(read("Fest am 12. Dezember", german).dueDate).toBe("2026-12-12");
});

test("what is to stay words stays", () => {
  expect(read("Watch Friday", english, ["Friday"])).toEqual({ ...plain, title: "Watch Friday" });
});
