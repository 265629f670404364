import { expect, test } from "vitest";
import { addDays } from "../../src/tasks/model/days.ts";
import { groupStarts } from "../../src/tasks/model/groups.ts";
import { listed } from "../../src/tasks/model/known.ts";
import { queryOf, type View } from "../../src/tasks/model/view.ts";
import { makeTask } from "./make-task.ts";

const today = "2026-12-02";
const plain = { q: "", tag: null, priority: null, sort: null, order: null } as const;
const due = (id: string, days: number | null) =>
  makeTask({ id, dueDate: days === null ? null : addDays(today, days) });
const tasks = [
  ...[due("a", -40), due("b", -1), due("c", 0), due("d", 0), due("e", 1), due("f", 1)],
  ...[due("g", 30), due("h", null)],
];

const groupsIn = (view: View, part: object = {}) => {
  const state = { ...plain, view, ...part };
  const shown = listed(tasks, queryOf(state, today));
  return {
    ids: shown.map(({ id }) => id).join(""),
    groups: [...groupStarts(shown, state, today)],
  };
};

test("Today begins with what is overdue, under a heading of its own", () => {
  expect(groupsIn("today")).toEqual({
    ids: "abcd",
    groups: [
      ["a", "overdue"],
      ["c", today],
    ],
  });
});

test("Upcoming has a heading for each day", () => {
  expect(groupsIn("upcoming")).toEqual({
    ids: "efg",
    groups: [
      ["e", "2026-12-03"],
      ["g", "2027-01-01"],
    ],
  });
  expect(groupsIn("upcoming", { order: "desc" }).groups).toEqual([
    ["g", "2027-01-01"],
    ["f", "2026-12-03"],
  ]);
});

test("a heading stands once, and not where the list's own name says it", () => {
  const mixed = [due("c", 0), due("e", 1), due("d", 0)];
  expect([...groupStarts(mixed, { view: "today", sort: null }, today).keys()]).toEqual(["c", "e"]);
  expect(groupStarts([due("c", 0)], { view: "today", sort: null }, today).size).toBe(0);
  expect(groupStarts([due("a", -1)], { view: "today", sort: null }, today).size).toBe(1);
});

test("a list in another order, and one that is not of days, has none", () => {
  expect(groupsIn("today", { sort: "title" }).groups).toEqual([]);
  for (const view of ["open", "overdue", "all", "completed"] as const) {
    expect(groupsIn(view, { sort: "due" }).groups).toEqual([]);
  }
});
