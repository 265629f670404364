import { describe, expect, test } from "vitest";
import { read } from "./read.ts";

const stateOf = async (header: string, ...rows: string[]) => {
  const text = [`Title;${header}`, ...rows.map((row) => `x;${row}`)].join("\n");
  const { values, faults } = await read("list.csv", text);
  return {
    faults,
    states: values.map(({ completed, completedAt, notes }) => [completed, completedAt, notes]),
  };
};

describe("an open task stays open", () => {
  test.each([
    ["the year 1 of Go's programs", "Done;Done at", "no;0001-01-01T00:00:00Z", ""],
    ["a dash", "Erledigt;Erledigt am", "Nein;-", ""],
    ["zeros", "Done at;Done", "0000-00-00 00:00:00;false", ""],
    ["a day that contradicts", "Done at;Done", "2026-11-03;no", "Done at: 2026-11-03"],
    ["a status that contradicts", "Done;Status", "no;Done", "Status: Done"],
    ["a part of the work", "% erledigt", "0,5", "% erledigt: 0,5"],
    ["one percent of it", "% complete", "1%", "% complete: 1%"],
    ["a word for being at it", "Done", "In progress", "Done: In progress"],
    ["Microsoft's words", "Status", "notStarted", ""],
    ["Microsoft's words for being at it", "Status", "waitingOnOthers", "Status: waitingOnOthers"],
  ])("%s", async (_, header, row, notes) => {
    const { states, faults } = await stateOf(header, row);
    expect(faults).toEqual([]);
    expect(states).toEqual([[false, undefined, notes]]);
  });

  test("a number in a status says nothing", async () => {
    expect((await stateOf("Status", "1")).states).toEqual([[undefined, undefined, "Status: 1"]]);
  });

  test("1 is all of it only where no other is more", async () => {
    const doneOf = async (...parts: string[]) =>
      (await stateOf("% complete", ...parts)).states.map(([done]) => done);
    expect(await doneOf("0", "1")).toEqual([false, true]);
    expect(await doneOf("100", "1")).toEqual([true, false]);
  });
});

test("what is done is done", async () => {
  const at = "2026-11-03T18:00:00.000Z";
  expect((await stateOf("Done at", "2026-11-03T18:00:00Z")).states).toEqual([[true, at, ""]]);
  expect((await stateOf("Status", "cancelled")).states).toEqual([
    [true, undefined, "Status: cancelled"],
  ]);
  expect((await stateOf("Done at;Done", "soon;yes")).faults).toMatchObject([
    { line: 2, field: "Done at", text: "soon" },
  ]);
});

test("Vikunja's tasks in an object are open where they are", async () => {
  const task = { title: "x", done: false, done_at: "0001-01-01T00:00:00Z", other: 1 };
  const { values, faults } = await read("tasks.json", JSON.stringify({ tasks: [task] }));
  expect(faults).toEqual([]);
  expect(values).toEqual([{ title: "x", notes: "other: 1", completed: false, tags: [] }]);
});

test("the columns that Outlook fills for everybody say nothing", async () => {
  const text =
    "Subject,Status,Priority,Private,Total Work,% Complete\nA,Not Started,Normal,False,0,0\nB,Completed,High,False,0,1\n";
  const { values } = await read("tasks.csv", text);
  expect(values).toEqual([
    { title: "A", notes: "", completed: false, priority: "none", tags: [] },
    { title: "B", notes: "", completed: true, priority: "high", tags: [] },
  ]);
});

test.each([
  ["24-Dec-26", "2026-12-24", ""],
  ["24-Dez-26", "2026-12-24", ""],
  ["24. Dez 26", "2026-12-24", ""],
  ["Dec 5 2026 5PM", "2026-12-05", "Time: 17:00"],
  ["5.12.2026 um 17 Uhr", "2026-12-05", "Time: 17:00"],
  ["0000-00-00", undefined, ""],
  ["-", undefined, ""],
])("the day %s", async (written, dueDate, notes) => {
  const { values, faults } = await read("list.csv", `Title;Due\nx;${written}\n`);
  expect([values[0]?.dueDate, values[0]?.notes, faults]).toEqual([dueDate, notes, []]);
});

test.each([
  ["lines", '"home\nshop"'],
  ["words with their marks", "#home #shop"],
])("tags as %s", async (_, cell) => {
  const { values } = await read("list.csv", `Title;Tags\nx;${cell}\n`);
  expect(values[0]?.tags).toEqual(["home", "shop"]);
});

test.each([
  ["numbers", [1, 2], ["1", "2"]],
  ["objects with names", [{ id: 1, name: "a" }, { title: "b" }], ["a", "b"]],
])("tags in JSON as %s", async (_, tags, expected) => {
  const { values } = await read("list.json", JSON.stringify([{ title: "x", tags }]));
  expect(values[0]?.tags).toEqual(expected);
});

test("tasks on one line of JSON have each its id", async () => {
  const own = (id: string) => ({ id, title: id, dueDate: null, version: 1 });
  const { prepared } = await read("tasks.json", JSON.stringify([own("a"), own("b")]));
  expect(prepared.map(({ id }) => id)).toEqual(["a", "b"]);
});
