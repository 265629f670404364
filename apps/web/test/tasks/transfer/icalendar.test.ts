import { expect, test } from "vitest";
import { read } from "./read.ts";

const todo = (...lines: string[]) => ["BEGIN:VTODO", "SUMMARY:Milk", ...lines, "END:VTODO"];
const readTodos = (...lines: string[]) =>
  read("tasks.ics", ["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR"].join("\r\n"));
const notesOf = async (...lines: string[]) => (await readTodos(...todo(...lines))).values[0]?.notes;

test("a start on the day that is due has its time", async () => {
  expect(await notesOf("DTSTART:20261205T090000", "DUE:20261205T173000")).toBe(
    "Time: 17:30\nStart: 2026-12-05 09:00",
  );
  expect(await notesOf("DTSTART;VALUE=DATE:20261205", "DUE:20261205T173000")).toBe("Time: 17:30");
  expect(await notesOf("DTSTART:soon", "DUE;VALUE=DATE:20261205")).toBe("Start: soon");
});

test("each calendar's name is its own tasks'", async () => {
  const { values } = await readTodos(
    ...["X-WR-CALNAME:Home", ...todo(), "END:VCALENDAR", "BEGIN:VCALENDAR"],
    ...["X-WR-CALNAME:Work", ...todo(), "END:VCALENDAR", "BEGIN:VCALENDAR", ...todo()],
  );
  expect(values.map(({ tags }) => tags)).toEqual([["Home"], ["Work"], []]);
});

test("a file within the calendar is named, and nothing else of it", async () => {
  const { values, leftOut } = await readTodos(
    ...todo(
      `ATTACH;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=plan.png:${"QUJD".repeat(10_000)}`,
      "ATTACH:https://x.example/a",
    ),
  );
  expect(values[0]?.notes).toBe("Attachment: plan.png\nAttachment: https://x.example/a");
  expect(leftOut).toEqual({ event: 0, attachment: 1 });
});

test("all that has no place is in the notes", async () => {
  const lines = [
    ...["PERCENT-COMPLETE:50", "GEO:37.38;-122.08", "CONTACT:Ada\\, London", "RESOURCES:a,b"],
    ...["ORGANIZER;CN=Bob:mailto:b@x.example", "EXDATE;VALUE=DATE:20261205,20261206"],
    ...["EXDATE:soon", "CLASS:PUBLIC", "SEQUENCE:1", "X-SORT:5"],
  ];
  expect(await notesOf(...lines)).toBe(
    [
      ...["Status: 50 %", "Place: 37.38,-122.08", "CONTACT: Ada, London", "RESOURCES: a, b"],
      ...["ORGANIZER: Bob (mailto:b@x.example)", "EXDATE: 2026-12-05, 2026-12-06"],
      "EXDATE: soon",
    ].join("\n"),
  );
});

test.each([
  ["cancelled", ["STATUS:CANCELLED"], true, "Status: CANCELLED"],
  ["open once more", ["STATUS:NEEDS-ACTION", "COMPLETED:20261103T180000Z"], false, /^COMPLETED: /],
  ["begun", ["STATUS:IN-PROCESS", "PERCENT-COMPLETE:100"], false, "Status: IN-PROCESS, 100 %"],
  ["done by its time", ["COMPLETED:20261103T180000Z"], true, ""],
])("a task that is %s", async (_, lines, completed, notes) => {
  const { values } = await readTodos(...todo(...lines));
  expect(values[0]?.completed).toBe(completed);
  expect(values[0]?.notes).toMatch(notes);
});

test("a fault has what stands there, and an empty day is none", async () => {
  const { values, faults } = await readTodos(
    ...[...todo("DUE:"), ...todo('DUE;X="a:b":so', " on"), ...todo("DUE:2026-12-05")],
    ...todo("BEGIN:VALARM", "DUE:never", "TRIGGER:soon", "END:VALARM"),
  );
  expect(values.map(({ dueDate }) => dueDate)).toEqual([undefined, "2026-12-05", undefined]);
  expect(faults).toMatchObject([{ line: 6, field: "DUE", text: "soon" }]);
});

test("a task by itself is one, whatever the file's name", async () => {
  const { source, values } = await read("task", todo("DUE:20261205").join("\n"));
  expect([source, values[0]?.dueDate]).toEqual(["icalendar", "2026-12-05"]);
});
