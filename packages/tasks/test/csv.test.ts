import {
  asLastLine,
  csvColumns,
  csvHeader,
  csvRow,
  isWholeExport,
  type Task,
} from "@taskbridge/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "../src/transfer/csv.ts";

const task: Task = {
  id: "01890000-0000-7000-8000-000000000000",
  title: "Buy milk",
  notes: "",
  completed: false,
  completedAt: null,
  dueDate: null,
  priority: "none",
  tags: [],
  version: 1,
  createdAt: "2026-01-31T09:30:00.000Z",
  updatedAt: "2026-01-31T09:30:00.000Z",
};

const text = fc.string({ unit: "grapheme" });
const tag = fc
  .oneof(fc.constantFrom("a;b", "\\", "c\\;d", ";", "=1+1", "'x"), text)
  .map((value) => value.trim())
  .filter(Boolean);
const cell = fc.oneof(
  fc.constantFrom("=SUM(A1)", "'=x", "''=x", "'", "a,b", 'say "hi"', "two\r\nlines", "-1", " pad "),
  // What starts, separates and ends cells, in every order.
  fc
    .array(fc.oneof(fc.constantFrom(...`='+-@＝＋－＠;,"\t\r\n x`), text))
    .map((all) => all.join("")),
  text,
);

test("what is written is read again, whatever the texts are", async () => {
  await fc.assert(
    fc.asyncProperty(cell, cell, fc.uniqueArray(tag), async (title, notes, tags) => {
      const row = asLastLine(csvRow({ ...task, title, notes, tags }));
      const [record] = await readCsv(`${csvHeader}\r\n${row}\r\n`);
      const { value } = record ?? {};
      expect(value).toEqual({
        id: task.id,
        title,
        ...(notes && { notes }),
        completed: false,
        priority: "none",
        ...(tags.length > 0 && { tags }),
        version: "1",
        createdAt: task.createdAt,
        updatedAt: task.updatedAt,
      });
    }),
    { numRuns: 500 },
  );
});

const rowOf = (title: string) => csvRow({ ...task, title }).slice(task.id.length + 1);

test("no cell begins as a formula does", () => {
  fc.assert(
    fc.property(fc.constantFrom(..."=+-@＝＋－＠\t\r\n"), text, (first, rest) => {
      expect(rowOf(first + rest)).toMatch(/^"?'/);
    }),
  );
  expect(rowOf(" =1")).toMatch(/^"?'/);
});

test("nor does what a reader makes a cell of that separates by semicolons or tabs, or by every line end", () => {
  fc.assert(
    fc.property(cell, fc.uniqueArray(tag), (title, tags) => {
      for (const part of csvRow({ ...task, title, notes: title, tags }).split(/[;\t\r\n]/)) {
        expect(part).not.toMatch(/^[" ]*[=+\-@＝＋－＠]/);
      }
    }),
    { numRuns: 500 },
  );
  // Where it takes commas as well, it knows by the quotes what is one cell.
  expect(rowOf("a;b")).toMatch(/^"a;b",/);
  expect(rowOf("a\tb")).toMatch(/^"a\tb",/);
});

test("an export that was cut anywhere is not taken for a whole one, nor imported", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, fc.uniqueArray(tag))), fc.nat(), async (cells, at) => {
      const rows = cells.map(([notes, tags]) => csvRow({ ...task, notes, tags }));
      const lines = [csvHeader, ...rows];
      const text = [...lines.slice(0, -1), asLastLine(lines.at(-1) ?? "")]
        .map((line) => `${line}\r\n`)
        .join("");
      expect(isWholeExport("csv", text)).toBe(true);
      const part = text.slice(0, at % text.length);
      expect(isWholeExport("csv", part)).toBe(false);
      // Without a task nothing is lost.
      if (rows.length > 0) {
        await expect(readCsv(part)).rejects.toMatchObject({ code: "malformed_import" });
      }
      expect(await readCsv(text)).toHaveLength(rows.length);
    }),
    { numRuns: 500 },
  );
});

describe("rows", () => {
  const read = async (lines: string) =>
    (await readCsv(lines)).map(({ line, value }) => ({ line, value }));

  test("know the line that they begin on", async () => {
    expect(await read('\ufefftitle,notes\r\na,b\r\n\r\n"x\ny",z\r\n\nq,"w\n\nv"\nlast,')).toEqual([
      { line: 2, value: { title: "a", notes: "b" } },
      { line: 4, value: { title: "x\ny", notes: "z" } },
      { line: 7, value: { title: "q", notes: "w\n\nv" } },
      { line: 10, value: { title: "last" } },
    ]);
  });

  test("have their columns in any order, and leave empty ones out", async () => {
    expect(await read("tags,completed,title\nx; y ,TRUE,Milk\n,,\n")).toEqual([
      { line: 2, value: { tags: ["x", "y"], completed: true, title: "Milk" } },
      { line: 3, value: { title: "" } },
    ]);
  });

  test("keep a completed that is neither true nor false, for the schema to refuse", async () => {
    expect(await read("title,completed\na,yes")).toEqual([
      { line: 2, value: { title: "a", completed: "yes" } },
    ]);
  });
});

describe("what is no CSV is refused with its line:", () => {
  const cases: [name: string, text: string, line: number, message: RegExp][] = [
    ["nothing", "", 1, /header row/],
    ["an unknown column", "title,owner\na,b", 1, /"owner" is not a known column/],
    ["a column twice", "title,title\na,b", 1, /twice/],
    ["no title", "notes\na", 1, /no column title/],
    ["an open quote", 'title\na\n"b', 3, /no closing quote/],
    ["more after a quote", 'title\n"a"b\n', 2, /goes on/],
    ["a quote within", 'title\na\na"b\n', 3, /within a field/],
    ["too few fields", "title,notes\na,b\nc\n", 3, /as many fields/],
    ["a cut in the last field", `${csvHeader}\r\n${csvRow(task).slice(0, -3)}`, 2, /cut off/],
    ["a cut between fields", `${csvHeader}\r\n${csvRow(task)}\r\nid,x`, 3, /cut off/],
    ["a cut between rows", `${csvHeader}\r\n${csvRow(task)}\r\n`, 2, /cut off/],
    ["the same without its mark", `${csvHeader.slice(1)}\r\n${csvRow(task)}\r\n`, 2, /cut off/],
    ["a cut header", csvHeader.slice(0, -1), 1, /cut off/],
    ["a cut after the header", csvHeader, 1, /cut off/],
    ["too many fields", "title\na,b\n", 2, /as many fields/],
  ];
  test.each(cases)("%s", async (_, csv, line, message) => {
    await expect(readCsv(csv)).rejects.toThrow(
      expect.objectContaining({
        code: "malformed_import",
        errors: [{ pointer: "", line, message: expect.stringMatching(message) }],
      }),
    );
  });
});

test.each([
  ["a spreadsheet saved", `${csvHeader}\r\n${csvRow(task).replace("false", "FALSE")}\r\n`],
  ["has bare line feeds", `${csvHeader}\n${csvRow(task)}\n`],
  ["has other columns", "title,notes\r\na,b\r\n"],
  ["has its last field in quotes", `${csvHeader}\r\n${asLastLine(csvRow(task))}\r\n`],
])("a file that %s is not taken for a cut export", async (_, csv) => {
  expect(await readCsv(csv)).toHaveLength(1);
});

test("the header names every column of a task", () => {
  expect([...csvColumns].sort()).toEqual(Object.keys(task).sort());
});
