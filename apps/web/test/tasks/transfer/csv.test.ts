import { asLastLine, csvColumns, csvHeader, csvRow, type Task } from "@taskbridge/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { read } from "./read.ts";

describe("a table that somebody has made", () => {
  const expected = [
    { title: "Milk", notes: "", dueDate: "2026-12-24", priority: "high", tags: ["home", "shop"] },
    { title: "Bread, fresh", notes: "", tags: [] },
  ];

  test.each([
    [
      "commas, an empty last column and a blank row",
      'Title,Due,Priority,Tags,\nMilk,24.12.2026,High,"home, shop",\n,,,,\n"Bread, fresh",,,,\n',
    ],
    ["semicolons", "Title;Due;Priority;Tags\nMilk;24.12.2026;High;home, shop\nBread, fresh;;;\n"],
    ["tabs", "Title\tDue\tPriority\tTags\nMilk\t2026-12-24\thigh\thome,shop\nBread, fresh\t\t\t"],
    [
      "Excel's line about its separator",
      "sep=;\r\nTitle;Due;Priority;Tags\r\nMilk;24.12.26;P1;home;\r\nBread, fresh;;;\r\n".replace(
        "home;",
        '"home;shop"',
      ),
    ],
    [
      "German names, days and words",
      "Aufgabe;Fällig am;Priorität;Kategorien\nMilk;Do, 24. Dezember 2026;hoch;home,shop\nBread, fresh\n",
    ],
    [
      "old Mac line ends",
      "Title;Due;Priority;Tags\rMilk;24.12.2026;High;home,shop\rBread, fresh;;;\r",
    ],
  ])("is read, with %s", async (_, text) => {
    const { values, faults } = await read("list.csv", text);
    expect(faults).toEqual([]);
    expect(values).toEqual(expected);
  });

  test("in Windows-1252 has its letters, and a word about it", async () => {
    const text = Uint8Array.from("Titel;Notiz\nM\xfcll rausbringen;\x80 5\n", (c) =>
      c.charCodeAt(0),
    );
    const file = await read("list.csv", text);
    expect(file.encoding).toBe("windows-1252");
    expect(file.values).toMatchObject([{ title: "Müll rausbringen", notes: "€ 5" }]);
  });

  test("in UTF-16, as Excel's “Unicode text” is, is a table whatever its name", async () => {
    const units = Uint16Array.from("\ufeffTitel\tFällig\nMüll\t24.12.2026\n", (c) =>
      c.charCodeAt(0),
    );
    const file = await read("list.txt", new Uint8Array(units.buffer));
    expect([file.source, file.encoding]).toEqual(["csv", "utf-16"]);
    expect(file.values).toMatchObject([{ title: "Müll", dueDate: "2026-12-24" }]);
  });

  test("of one column has its lines, with whatever separators are in them", async () => {
    const lines = `${"Plain\n".repeat(20)}Milk, eggs; bread\n"Call ""Ana"""\n`;
    const { values } = await read("list.csv", `Task\n${lines}`);
    expect(values.map(({ title }) => title).slice(20)).toEqual(["Milk, eggs; bread", 'Call "Ana"']);
  });

  test("names what it cannot read by line and column, and has the rest", async () => {
    const rows = [
      "Title,Due,Priority,Done",
      "Fine,2026-12-24,low,yes",
      "Late,tomorrow,,",
      '"Two\nlines",31.02.2026,,',
      "Odd,,urgentish,perhaps",
      ",2026-12-24,,",
      "Spilt, over,2026-12-24,low,no",
      ",,high,",
      "Last,,,no",
    ];
    const { values, faults } = await read("list.csv", rows.join("\n"));
    expect(values.map(({ title, completed }) => [title, completed])).toEqual([
      ["Fine", true],
      ["Last", false],
    ]);
    expect(faults).toEqual(
      [
        { line: 3, title: "Late", field: "Due", text: "tomorrow", reason: "rule.dueDate" },
        { line: 4, title: "Two\nlines", field: "Due", text: "31.02.2026", reason: "rule.dueDate" },
        { line: 6, title: "Odd", field: "Done", text: "perhaps", reason: "rule.completed" },
        { line: 6, title: "Odd", field: "Priority", text: "urgentish", reason: "rule.priority" },
        { line: 7, field: "Title", text: undefined, reason: "rule.title" },
        { line: 8, reason: "transfer.badRow" },
        { line: 9, field: "Title", text: undefined, reason: "rule.title" },
      ].sort((a, b) => a.line - b.line),
    );
  });

  test("with a quote that nothing closes has what stands before it", async () => {
    const { values, faults } = await read(
      "list.csv",
      'Title, Notes\nFine, "a, b"\n  \n\n"Open,\nx,y\n',
    );
    expect(values).toMatchObject([{ title: "Fine", notes: "a, b" }]);
    expect(faults).toEqual([{ line: 5, reason: "transfer.badRow" }]);
  });

  test("keeps in the notes what has no place, under its name", async () => {
    const text =
      "Title,Effort,Project,Due Date,Status\nMilk,3 h,House,2026-12-24 17:30,In progress\n";
    const { values, prepared } = await read("list.csv", text);
    expect(values).toEqual([
      {
        title: "Milk",
        notes: "Effort: 3 h\nTime: 17:30\nStatus: In progress",
        completed: false,
        dueDate: "2026-12-24",
        tags: ["House"],
      },
    ]);
    expect(prepared[0]?.lists).toEqual(["House"]);
  });

  test("may have a heading above its columns, but no row of it is taken for them", async () => {
    const { values, faults } = await read("list.csv", "My list;;\nTitle;Due;\nMilk;2026-12-24;\n");
    expect([values.length, faults]).toEqual([1, []]);
    await expect(read("list.csv", "Foo;Bar\nMilk;todo\nname;date\n")).rejects.toMatchObject({
      reason: "noTitle",
    });
  });

  test("without a title names its columns", async () => {
    await expect(read("list.csv", "Foo;Bar\na;b\n")).rejects.toMatchObject({
      reason: "noTitle",
      names: ["Foo", "Bar"],
    });
  });

  test("a title that is too long is shortened, and whole in the notes", async () => {
    const title = "🦄".repeat(201);
    const { values } = await read("list.csv", `Title,Notes\n${title},Mine\n`);
    expect(values).toMatchObject([{ title: `${"🦄".repeat(199)}…`, notes: `${title}\n\nMine` }]);
  });

  test("notes without a title have their first line for it", async () => {
    const { values } = await read("list.csv", `Title,Notes\n,"Milk\nBlue"\n,${"x".repeat(201)}\n`);
    expect(values).toMatchObject([
      { title: "Milk", notes: "Milk\nBlue" },
      { title: `${"x".repeat(199)}…`, notes: "x".repeat(201) },
    ]);
  });
});

describe("days of two numbers", () => {
  const days = async (order: "day" | "month", ...written: string[]) => {
    const text = `Title,Due\n${written.map((day) => `x,${day}\n`).join("")}`;
    const { values, guessedOrder } = await read("list.csv", text, { order });
    return [values.map(({ dueDate }) => dueDate), guessedOrder];
  };

  test("are in the order that one of them tells", async () => {
    expect(await days("day", "03/04/2026", "12/24/2026")).toEqual([
      ["2026-03-04", "2026-12-24"],
      undefined,
    ]);
    expect(await days("month", "03/04/2026", "24/12/2026")).toEqual([
      ["2026-04-03", "2026-12-24"],
      undefined,
    ]);
  });

  test("that contradict each other are each what they can only be, and the others are asked for", async () => {
    expect(await days("day", "03/04/2026", "12/24/2026", "24/12/2026", "31/31/2026")).toEqual([
      ["2026-04-03", "2026-12-24", "2026-12-24"],
      "day",
    ]);
  });

  test("are else in the viewer's, which is said", async () => {
    expect(await days("day", "03/04/2026")).toEqual([["2026-04-03"], "day"]);
    expect(await days("month", "03/04/2026")).toEqual([["2026-03-04"], "month"]);
  });
});

describe("an export of ours", () => {
  const task: Task = {
    id: "01890000-0000-7000-8000-000000000000",
    ...{ title: "Buy milk", notes: "", completed: true, dueDate: "2026-12-24", priority: "high" },
    ...{ tags: ["a;b", "home, garden"], version: 3 },
    completedAt: "2026-01-31T10:30:00.000Z",
    createdAt: "2026-01-31T09:30:00.000Z",
    updatedAt: "2026-01-31T10:30:00.000Z",
  };
  const given = ({ id: _, version: __, updatedAt: ___, ...rest }: Task) => rest;
  const fileOf = (tasks: Task[]) =>
    [csvHeader, ...tasks.map(csvRow).slice(0, -1), asLastLine(tasks.map(csvRow).at(-1) ?? "")]
      .map((line) => `${line}\r\n`)
      .join("");

  test("is taken back, whatever its texts are", async () => {
    const unit = fc.constantFrom(...`='+-@＝;,"\t\r\n xäß🦄`);
    const texts = fc.string({ unit, maxLength: 30 });
    const titles = texts.map((text) => text.trim()).filter(Boolean);
    await fc.assert(
      fc.asyncProperty(titles, texts, fc.uniqueArray(titles), async (title, notes, tags) => {
        const whole = { ...task, title, notes, tags: tags.slice(0, 20) };
        const file = await read("tasks.csv", fileOf([whole]));
        expect(file.faults).toEqual([]);
        expect(file.values).toEqual([given(whole)]);
        expect(file.prepared[0]?.id).toBe(task.id);
      }),
      { numRuns: 200 },
    );
  });

  test("is so too once a spreadsheet has saved it again", async () => {
    const again = `${csvColumns.join(";")}\r\n${task.id};Buy milk;;TRUE;2026-01-31T10:30:00.000Z;24.12.2026;high;home;3;2026-01-31T09:30:00.000Z;x\r\n`;
    const { values, source, faults } = await read("tasks.csv", again);
    expect([source, faults]).toEqual(["taskbridge", []]);
    expect(values).toEqual([given({ ...task, tags: ["home"] })]);
  });

  test("that was cut is refused", async () => {
    await expect(read("tasks.csv", fileOf([task, task]).slice(0, -3))).rejects.toMatchObject({
      reason: "cut",
    });
  });

  test("in JSON is taken back, and a fault in it has its line", async () => {
    const { values, prepared } = await read("tasks.json", `[\n${JSON.stringify(task)}\n]\n`);
    expect(values).toEqual([given(task)]);
    expect(prepared[0]?.id).toBe(task.id);
    const odd = `[\n{"title":"Fine"},\n{"title":"Odd","dueDate":"soon"},\n"no task"\n]`;
    expect((await read("tasks.json", odd)).faults).toEqual([
      { line: 3, title: "Odd", field: "dueDate", text: "soon", reason: "rule.dueDate" },
      { line: 4, title: "no task", reason: "transfer.badRow" },
    ]);
    await expect(read("tasks.json", `[\n{"title":"x"},\n{"title"`)).rejects.toMatchObject({
      reason: "badJson",
      line: 3,
    });
  });
});
