import { csvColumns, isCutExport } from "@taskbridge/contract";
import { describe, expect, test } from "vitest";
import { splitImport } from "../../src/tasks/model/split-import.ts";

const bounds = { tasks: 2, bytes: 200 };

describe("CSV", () => {
  const header = "title,notes\r\n";
  const rows = ['a,"1\r\n2, ""x"""\r\n', "b,\r\n", "c,3\r\n", "d,4\r\n", "e,5\r\n"];

  test("is cut between rows, whatever stands in quotes, and each part has the header", () => {
    const parts = splitImport("csv", header + rows.join(""), bounds);
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
    const parts = splitImport("csv", exported, bounds);
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

describe("JSON", () => {
  const tasks = ["a", "b", "c"].map((title) => ({ title, notes: '"],[' }));

  test("is cut between elements", () => {
    const parts = splitImport("json", JSON.stringify(tasks), bounds);
    expect(parts.map(({ text }) => JSON.parse(text))).toEqual([tasks.slice(0, 2), tasks.slice(2)]);
    expect(parts.map(({ linesBefore }) => linesBefore)).toEqual([0, 2]);
  });

  test.each(["not JSON", "{}", `[${JSON.stringify(tasks[0])}]`])("%s goes as it is", (text) => {
    expect(splitImport("json", text, bounds)).toEqual([{ text, linesBefore: 0 }]);
  });
});
