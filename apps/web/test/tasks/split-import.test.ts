import { csvColumns, isCutExport } from "@taskbridge/contract";
import { describe, expect, test } from "vitest";
import { splitImport, splitSmaller } from "../../src/tasks/model/split-import.ts";

const bounds = { tasks: 2, bytes: 200 };
const split = (...from: Parameters<typeof splitImport>) => splitImport(...from) ?? [];

describe("CSV", () => {
  const header = "title,notes\r\n";
  const rows = ['a,"1\r\n2, ""x"""\r\n', "b,\r\n", "c,3\r\n", "d,4\r\n", "e,5\r\n"];

  test("is cut between rows, whatever stands in quotes, and each part has the header", () => {
    const parts = split("csv", header + rows.join(""), bounds);
    const head = 'title,"notes"\r\n';
    expect(parts).toEqual([
      { text: head + rows[0] + rows[1], linesBefore: 0 },
      { text: head + rows[2] + rows[3], linesBefore: 3 },
      { text: head + rows[4], linesBefore: 5 },
    ]);
  });

  test("has no part that passes for an export that was cut off", () => {
    const exported = `${csvColumns.join(",")}\r\n${"1,a,,false,,,none,,1,x,y\r\n".repeat(3)}`;
    expect(isCutExport(exported)).toBe(true);
    const parts = split("csv", exported, bounds);
    expect(parts.map(({ text }) => isCutExport(text))).toEqual([false, false]);
  });

  test("stays as it is where it fits", () => {
    const text = header + rows[0];
    expect(splitImport("csv", text, bounds)).toEqual([{ text, linesBefore: 0 }]);
  });

  test("is counted in bytes", () => {
    const row = `${"茶".repeat(40)},\r\n`;
    expect(splitImport("csv", header + row + row, bounds)).toHaveLength(2);
  });
});

test("a CSV file that ends in a row keeps that in its last part", () => {
  const text = "title,notes\r\na,\r\nb,\r\nc,cut sho";
  expect(split("csv", text, bounds).at(-1)?.text).toBe('title,"notes"\r\nc,cut sho');
});

describe("where a part is too large on the way", () => {
  const row = (at: number) => `${at},${"x".repeat(40)}\r\n`;
  const textOf = (from: number, to: number) =>
    `title,"notes"\r\n${Array.from({ length: to - from }, (_, at) => row(from + at)).join("")}`;

  test("all that are left become half as large, and keep their places in the file", () => {
    const left = [
      { text: textOf(4, 8), linesBefore: 4 },
      { text: textOf(8, 10), linesBefore: 8 },
    ];
    expect(splitSmaller("csv", left)).toEqual(
      [4, 5, 6, 7, 8, 9].map((at) => ({ text: textOf(at, at + 1), linesBefore: at })),
    );
  });

  test.each([
    ["csv", "title\r\nOne\r\n"],
    ["csv", "title\r\n"],
    ["json", '[{"title":"One"}]'],
    ["json", "[]"],
    ["json", "no JSON"],
  ] as const)("%s of one task, or none, cannot be cut: %j", (format, text) => {
    expect(splitSmaller(format, [{ text, linesBefore: 0 }])).toBeUndefined();
  });
});

describe("JSON", () => {
  const tasks = ["a", "b", "c"].map((title) => ({ title, notes: '"],[' }));

  test("is cut between elements", () => {
    const parts = split("json", JSON.stringify(tasks), bounds);
    expect(parts.map(({ text }) => JSON.parse(text))).toEqual([tasks.slice(0, 2), tasks.slice(2)]);
    expect(parts.map(({ linesBefore }) => linesBefore)).toEqual([0, 2]);
  });

  test.each(["not JSON", "{}", `[${JSON.stringify(tasks[0])}]`])("%s goes as it is", (text) => {
    expect(splitImport("json", text, bounds)).toEqual([{ text, linesBefore: 0 }]);
  });

  test("what is too long, and none, is not sent", () => {
    expect(splitImport("json", `[${"1,".repeat(200)}`, bounds)).toBeUndefined();
  });
});
