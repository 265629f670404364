import { expect, test } from "vitest";
import { recount } from "../../src/tasks/model/counting.ts";
import { addDays, dayIn, nextMonday, writeDay } from "../../src/tasks/model/days.ts";
import { compareBy, matches, withTasks } from "../../src/tasks/model/listing.ts";
import { queryOf, type ViewState } from "../../src/tasks/model/view.ts";
import { makeTask } from "./make-task.ts";

const state: ViewState = {
  view: "open",
  q: "",
  tag: null,
  priority: null,
  sort: null,
  order: null,
};
const today = "2026-11-18";

test.each([
  ["today", "2026-11-18", true],
  ["today", "2026-11-17", true],
  ["today", "2026-11-19", false],
  ["today", null, false],
  ["upcoming", "2026-11-19", true],
  ["upcoming", "2026-11-18", false],
  ["overdue", "2026-11-17", true],
  ["overdue", "2026-11-18", false],
  ["open", null, true],
  ["completed", null, false],
  ["all", null, true],
] as const)("%s has an open task due %s: %s", (view, dueDate, expected) => {
  expect(matches(makeTask({ dueDate }), queryOf({ ...state, view }, today))).toBe(expected);
});

test("a search finds every word in title, notes or tags, whatever their case and accents", () => {
  const task = makeTask({ title: "Café Zürich", notes: "with Ada", tags: ["Reise"] });
  const found = (q: string) => matches(task, queryOf({ ...state, q }, today));
  for (const q of ["cafe ADA", "zuri", "zuerich", "#reise ada"]) expect(found(q), q).toBe(true);
  for (const q of ["cafe bob", "#ada"]) expect(found(q), q).toBe(false);
});

test("by title, numbers are compared by their value and letters as people do", () => {
  const titles = ["Mazda", "10", "Zebra", "Maße", "2", "„Zitat“", "Łódź", "1"];
  const sorted = titles.map((title) => makeTask({ id: title, title }));
  sorted.sort(compareBy({ sort: "title" }));
  const expected = ["„Zitat“", "1", "2", "10", "Łódź", "Maße", "Mazda", "Zebra"];
  expect(sorted.map(({ title }) => title)).toEqual(expected);
});

test("what is completed is listed by when it was, the last first; what is open comes behind", () => {
  const completed = (id: string, completedAt: string | null) =>
    makeTask({ id, completed: completedAt !== null, completedAt });
  const tasks = [
    completed("open", null),
    completed("first", "2026-11-01T00:00:00.000Z"),
    completed("last", "2026-11-03T00:00:00.000Z"),
  ];
  const query = queryOf({ ...state, view: "completed" }, today);
  const ids = (list: typeof tasks) => list.map(({ id }) => id);
  expect(ids([...tasks].sort(compareBy(query)))).toEqual(["last", "first", "open"]);
  const reversed = compareBy({ ...query, order: "asc" });
  expect(ids([...tasks].sort(reversed))).toEqual(["open", "first", "last"]);
});

test("a tag that comes to be stands where the server will put it", () => {
  const tags = ["b", "Ä", "a10", "z"].map((tag) => ({ tag, open: 1, completed: 0 }));
  const counts = { open: 4, completed: 0, overdue: 0, today: 0, upcoming: 0, tags };
  const recounted = recount(counts, null, makeTask({ tags: ["a2"] }), today);
  expect(recounted.tags.map(({ tag }) => tag)).toEqual(["Ä", "a2", "a10", "b", "z"]);
});

test("tasks without a day come last in either order", () => {
  const tasks = [null, "2026-01-02", "2026-01-01"].map((dueDate, at) =>
    makeTask({ id: String(at), dueDate }),
  );
  const days = (order: "asc" | "desc") =>
    [...tasks].sort(compareBy({ sort: "due", order })).map(({ dueDate }) => dueDate);
  expect(days("asc")).toEqual(["2026-01-01", "2026-01-02", null]);
  expect(days("desc")).toEqual(["2026-01-02", "2026-01-01", null]);
});

test("what is not sent yet is the newest, whatever the clocks say", () => {
  const sent = makeTask({ id: "1", createdAt: "2030-01-01T00:00:00.000Z" });
  const local = makeTask({ id: "local-1" });
  expect([sent, local].sort(compareBy({ sort: "created" }))).toEqual([local, sent]);
});

const byTitle = queryOf({ ...state, view: "all", sort: "title" }, today);
const titled = (title: string) => makeTask({ id: title, title });
const list = ["b", "d", "f"].map(titled);
const titles = (complete: boolean, ...entries: [string, ReturnType<typeof makeTask> | null][]) =>
  withTasks(list, new Map(entries), { query: byTitle, complete }).map(({ title }) => title);

test("a task comes to where it belongs, moves and goes", () => {
  expect(titles(true, ["c", titled("c")])).toEqual(["b", "c", "d", "f"]);
  expect(titles(true, ["d", null])).toEqual(["b", "f"]);
  expect(titles(true, ["b", { ...titled("b"), title: "e" }])).toEqual(["d", "e", "f"]);
});

test("behind the end of what is loaded, a task waits for the rest", () => {
  expect(titles(false, ["z", titled("z")])).toEqual(["b", "d", "f"]);
  expect(titles(true, ["z", titled("z")])).toEqual(["b", "d", "f", "z"]);
});

test("days", () => {
  expect([addDays("2028-02-28", 1), addDays("2027-01-01", -1)]).toEqual([
    "2028-02-29",
    "2026-12-31",
  ]);
  expect([nextMonday("2026-11-18"), nextMonday("2026-11-23")]).toEqual([
    "2026-11-23",
    "2026-11-30",
  ]);
  const at = new Date("2026-11-18T23:30:00Z");
  expect([dayIn("UTC", at), dayIn("Asia/Tokyo", at)]).toEqual(["2026-11-18", "2026-11-19"]);
  const written = (day: string, locale = "en-GB") => writeDay(day, today, locale);
  expect([written("2026-11-17"), written("2026-11-19", "de"), written("2026-11-22")]).toEqual([
    "Yesterday",
    "Morgen",
    "Sunday",
  ]);
  expect(written("2027-01-31")).toBe("31 Jan 2027");
});
