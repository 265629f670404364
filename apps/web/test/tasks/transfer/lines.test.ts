import { describe, expect, test } from "vitest";
import { read } from "./read.ts";

describe("Todoist", () => {
  const readRows = (...rows: string[]) =>
    read("list.csv", ["TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,DATE", ...rows].join("\n"));

  test("names a row of no type that is known, and comments of no task", async () => {
    const { values, faults, leftOut } = await readRows(
      "note,About the project,,,,",
      ",Lost,,4,1,",
      "tsk,Odd,,4,1,",
      "task,Fine,,4,1,",
      "meta,view_style=list,,,,",
    );
    expect(values).toMatchObject([{ title: "Fine", notes: "" }]);
    expect(leftOut).toEqual({ comment: 1 });
    const reason = "transfer.badType";
    expect(faults).toEqual([
      { line: 3, title: "Lost", field: "TYPE", text: "", reason },
      { line: 4, title: "Odd", field: "TYPE", text: "tsk", reason },
    ]);
  });

  test("asks which of two numbers is the day", async () => {
    const { values, guessedOrder } = await readRows("task,x,,4,1,12/05/2026");
    expect([values[0]?.dueDate, guessedOrder]).toEqual(["2026-05-12", "day"]);
    const told = await readRows("task,x,,4,1,12/05/2026", "task,y,,4,1,12/24/2026");
    expect([told.values[0]?.dueDate, told.guessedOrder]).toEqual(["2026-12-05", undefined]);
  });

  test.each(["daily", "weekly", "täglich", "alle 2 Tage", "jeden Montag", "every! day"])(
    "%s is a repetition",
    async (date) => {
      const { values } = await readRows(`task,x,,4,1,${date}`);
      expect(values[0]?.notes).toBe(`Repeats: ${date}`);
    },
  );
});

describe("todo.txt", () => {
  test.each(["[ ] Buy milk", "[] x", "{urgent} call", "[{x}] y"])("may begin %s", async (line) => {
    const { source, values } = await read("todo.txt", `${line}\nSecond\n`);
    expect([source, values.map(({ title }) => title)]).toEqual(["todoTxt", [line, "Second"]]);
  });

  test("has JSON in it where it is JSON", async () => {
    const { source } = await read("list.txt", '[ {\n"title": "x"} ]');
    expect(source).toBe("json");
  });

  test("a day to come is none that a task was made on", async () => {
    const { values, faults } = await read("todo.txt", "2097-05-05 Pay\nx 2097-05-05 Paid\n");
    expect(faults).toEqual([]);
    expect(values).toMatchObject([
      { title: "Pay", notes: "Date: 2097-05-05", completed: false },
      { title: "Paid", notes: "Date: 2097-05-05", completed: true },
    ]);
    expect(values.flatMap(Object.keys)).not.toContain("createdAt");
  });

  test("of two days the first is due, and none is lost", async () => {
    const { values } = await read("todo.txt", "Pay due:2026-12-05 due:2026-12-06 t:2026-12-01");
    expect(values).toMatchObject([
      { dueDate: "2026-12-05", notes: "Date: 2026-12-06\nStart: 2026-12-01" },
    ]);
  });
});

test("a fault in a file of one line has its task's title", async () => {
  const list = [{ title: "Fine" }, { title: "Odd", due: "soon" }, "no task"];
  const { faults } = await read("list.json", JSON.stringify(list));
  expect(faults).toEqual([
    { line: 1, title: "Odd", field: "due", text: "soon", reason: "rule.dueDate" },
    { line: 1, title: "no task", reason: "transfer.badRow" },
  ]);
});

test("Google Tasks: links to what has given a task, its star, and that it is repeated", async () => {
  const item = {
    ...{ kind: "tasks#task", title: "", notes: "Read it", starred: true },
    ...{ task_recurrence_id: "abc", assignmentInfo: { linkToTask: "https://docs.example/1" } },
  };
  const file = { kind: "tasks#tasks", title: "Mine", items: [item] };
  const { values } = await read("Tasks.json", JSON.stringify(file));
  expect(values).toMatchObject([
    {
      title: "Read it",
      notes: "Read it\n\nRepeats: ✓\nPriority: ★\nLink: https://docs.example/1",
    },
  ]);
});
