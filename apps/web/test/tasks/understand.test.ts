import type { Priority } from "@taskbridge/contract/rules";
import { expect, test } from "vitest";
import { german } from "../../src/tasks/quick-add/days-de.ts";
import { english } from "../../src/tasks/quick-add/days-en.ts";
import { daysBy } from "../../src/tasks/quick-add/find-days.ts";
import { understand } from "../../src/tasks/quick-add/understand.ts";

// A Wednesday, at noon wherever the tests run.
const now = () => new Date(2026, 10, 18, 12);
const priorities: Record<string, Priority> = { high: "high", low: "low", hoch: "high" };
const read = (
  line: string,
  language: Parameters<typeof daysBy>[0] = english,
  ignored: string[] = [],
) => {
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

test.each([
  ["Anrufen, morgen", "Anrufen", "2026-11-19"],
  ["Anrufen: morgen", "Anrufen", "2026-11-19"],
  ["Anrufen - morgen", "Anrufen", "2026-11-19"],
  ["Anrufen   morgen", "Anrufen", "2026-11-19"],
  ["Morgen anrufen", "anrufen", "2026-11-19"],
  ["Anrufen, übermorgen", "Anrufen", "2026-11-20"],
  ["Zahnarzt am Freitag", "Zahnarzt", "2026-11-20"],
  ["Zahnarzt kommenden Freitag", "Zahnarzt", "2026-11-20"],
  ["Steuer bis 12. Dezember", "Steuer", "2026-12-12"],
  ["Steuer bis zum 12. Dezember", "Steuer", "2026-12-12"],
  ["Steuer bis 12.12.", "Steuer", "2026-12-12"],
  ["Steuer am 3.1.", "Steuer", "2027-01-03"],
  ["Steuer 12.12.2026", "Steuer", "2026-12-12"],
  ["Bericht nächsten Montag", "Bericht", "2026-11-23"],
  ["Bericht nächste Woche", "Bericht", "2026-11-25"],
  ["Bericht in 3 Tagen", "Bericht", "2026-11-21"],
  ["Bericht in einer Woche", "Bericht", "2026-11-25"],
  ["Essen heute Abend", "Essen heute Abend", "2026-11-18"],
  ["Essen morgen um 17 Uhr", "Essen morgen um 17 Uhr", "2026-11-19"],
  ["Laufen morgen früh", "Laufen früh", "2026-11-19"],
  ["Jeden Morgen laufen", "Jeden Morgen laufen", null],
  ["Müll jeden Montag rausbringen", "Müll jeden Montag rausbringen", null],
  ["Müll jeden zweiten Montag rausbringen", "Müll jeden zweiten Montag rausbringen", null],
  ["Jeden anrufen, Montag", "Jeden anrufen", "2026-11-23"],
  ["Am Morgen laufen", "Am Morgen laufen", null],
  ["Morgenmantel kaufen", "Morgenmantel kaufen", null],
  ["Fotos von gestern", "Fotos von gestern", null],
  ["Version 1.2.3 und 45.1.", "Version 1.2.3 und 45.1.", null],
])("in German, %j", (line, title, dueDate) => {
  expect(read(line, german)).toEqual({ ...plain, title, dueDate });
});

test.each([
  ["Call, tomorrow", "Call", "2026-11-19"],
  ["Tomorrow call", "call", "2026-11-19"],
  ["Call day after tomorrow", "Call", "2026-11-20"],
  ["Dentist on Friday", "Dentist", "2026-11-20"],
  ["Meet Ana on 24/12", "Meet Ana", "2026-12-24"],
  ["every Monday water the plants", "every Monday water the plants", null],
  ["Water the plants every other Friday", "Water the plants every other Friday", null],
  ["Call everybody Friday", "Call everybody", "2026-11-20"],
  ["Taxes by Dec 12", "Taxes", "2026-12-12"],
  ["Taxes due on 12 December", "Taxes", "2026-12-12"],
  ["Report next Monday", "Report", "2026-11-23"],
  ["Report in 3 days", "Report", "2026-11-21"],
  ["Report in a week", "Report", "2026-11-25"],
  ["Dinner tonight", "Dinner tonight", "2026-11-18"],
  ["Run tomorrow morning", "Run tomorrow morning", "2026-11-19"],
  ["Photos of yesterday", "Photos of yesterday", null],
])("in English, %j", (line, title, dueDate) => {
  expect(read(line)).toEqual({ ...plain, title, dueDate });
});

test.each([
  ["Ausflug am Wochenende", german],
  ["Miete Ende des Monats", german],
  ["Miete am 3.", german],
  ["Rent on the 3rd", english],
])("not understood, and kept as it is: %j", (line, language) => {
  expect(read(line, language)).toEqual({ ...plain, title: line });
});

test("what is to stay words stays", () => {
  expect(read("Watch Friday", english, ["Friday"])).toEqual({ ...plain, title: "Watch Friday" });
});
