import { describe, expect, test } from "vitest";
import {
  allDue,
  firstOf,
  isWhole,
  type Known,
  known,
  type LoadedList,
  listed,
  soonestFirst,
} from "../../src/tasks/model/known.ts";
import { plainView, queryOf, type View } from "../../src/tasks/model/view.ts";
import { makeTask } from "./make-task.ts";

const made = (id: string, createdAt: string, rest: Parameters<typeof makeTask>[0] = {}) =>
  makeTask({ id, createdAt: `2026-11-${createdAt}T00:00:00.000Z`, ...rest });
const open: LoadedList["query"] = { status: "open", sort: "created" };
const ids = (tasks: readonly { id: string }[]) => tasks.map(({ id }) => id);

const before = (...tasks: Known["tasks"]): Known => ({ tasks, whole: [] });

test("of what is known twice the newer version counts", () => {
  const [old, fresh] = [made("a", "01"), made("a", "01", { version: 2, title: "Newer" })];
  const all: LoadedList = { query: { ...open, status: "all" }, tasks: [fresh], complete: true };
  const lists = [{ query: open, tasks: [old], complete: true }, all];
  expect(known(lists, before(old)).tasks).toEqual([fresh]);
  expect(known([], before(old, fresh, old)).tasks).toEqual([fresh]);
});

test("what should stand in a list that is all there, and does not, is gone", () => {
  const [gone, done] = [made("gone", "02"), made("done", "02", { completed: true })];
  const list: LoadedList = { query: open, tasks: [made("a", "01")], complete: true };
  expect(ids(known([list], before(gone, done)).tasks)).toEqual(["a", "done"]);
});

test("of a list that goes on, only what would stand before its end is missed", () => {
  const earlier = before(made("newer", "20"), made("older", "01"));
  const list: LoadedList = { query: open, tasks: [made("a", "10")], complete: false };
  expect(ids(known([list], earlier).tasks)).toEqual(["a", "older"]);
  expect(ids(known([{ ...list, tasks: [] }], earlier).tasks)).toEqual(["newer", "older"]);
});

test("a list is made of what is known by the server's rules", () => {
  const tasks = [
    made("a", "01", { dueDate: "2026-12-02" }),
    made("b", "02", { dueDate: "2026-12-01" }),
    made("c", "03", { completed: true, dueDate: "2026-12-01" }),
  ];
  expect(ids(listed(tasks, open))).toEqual(["b", "a"]);
  expect(ids(listed(tasks, { status: "all", sort: "due", dueAfter: "2026-12-01" }))).toEqual(["a"]);
});

describe("a list that is made of what is known is whole", () => {
  const today = "2026-12-02";
  const views = ["open", "today", "upcoming", "overdue", "completed", "all"] as const;
  const query = (view: View, part = {}) => queryOf({ ...plainView, view, ...part }, today);
  const wholeViews = (whole: Known) => views.filter((view) => isWhole(whole, query(view)));
  const knownOf = (list: Partial<LoadedList>, earlier: Known = before()) =>
    known([{ query: open, tasks: [], complete: true, ...list }], earlier);
  const days = [
    made("late", "01", { dueDate: "2026-11-02" }),
    made("now", "02", { dueDate: today }),
    made("soon", "03", { dueDate: "2026-12-24" }),
  ];

  test("where a list was read to its end that has all of it", () => {
    expect(wholeViews(knownOf({}))).toEqual(["open", "today", "upcoming", "overdue"]);
    expect(wholeViews(knownOf({ query: { ...open, status: "all" } }))).toEqual(views);
    expect(wholeViews(knownOf({ query: query("today") }))).toEqual(["today", "overdue"]);
    expect(wholeViews(knownOf({ query: query("completed") }))).toEqual(["completed"]);
    expect(wholeViews(knownOf({ complete: false }))).toEqual([]);
    expect(wholeViews(knownOf({ query: query("open", { tag: "home" }) }))).toEqual([]);
    expect(wholeViews(knownOf({ query: query("all", { q: "milk" }) }))).toEqual([]);
  });

  test("filtered, too", () => {
    const all = knownOf({ query: { ...open, status: "all" } });
    expect(isWhole(all, query("today", { tag: "home", priority: "high", q: "milk" }))).toBe(true);
    const tagged = knownOf({ query: query("open", { tag: "home" }) });
    expect(isWhole(tagged, query("upcoming", { tag: "home" }))).toBe(true);
    expect(isWhole(tagged, query("upcoming", { tag: "work" }))).toBe(false);
  });

  test("up to the day where a list by the day was cut", () => {
    const cut = { query: { status: "open", sort: "due" }, complete: false } as const;
    expect(wholeViews(knownOf({ ...cut, tasks: days }))).toEqual(["today", "overdue"]);
    const dayless = [...days, made("z", "04")];
    expect(wholeViews(knownOf({ ...cut, tasks: dayless }))).toEqual([
      "today",
      "upcoming",
      "overdue",
    ]);
    const reversed = { ...cut, query: { ...cut.query, order: "desc" } } as const;
    expect(wholeViews(knownOf({ ...reversed, tasks: dayless }))).toEqual([]);
  });

  test("for as long as nothing of it has left for where nobody looked", () => {
    const all: Known = { tasks: days, whole: [{ status: "all" }] };
    expect(wholeViews(knownOf({ tasks: days }, all))).toEqual(views);
    expect(wholeViews(knownOf({ tasks: days.slice(1) }, all))).not.toContain("completed");
  });

  test("and for as long as nothing came to it that was not known", () => {
    const earlier: Known = { tasks: [made("a", "01")], whole: [{ status: "open" }] };
    const list = { tasks: [made("b", "02"), made("a", "01")], complete: false };
    expect(wholeViews(knownOf(list, earlier))).toEqual([]);
    expect(wholeViews(knownOf({ ...list, tasks: list.tasks.slice(1) }, earlier))).toContain("open");
  });

  test("and the first of what is known has all before the first that it lacks", () => {
    const tasks = soonestFirst([made("z", "04"), ...days.toReversed()]);
    expect(ids(tasks)).toEqual(["late", "now", "soon", "z"]);
    const all: Known = { tasks, whole: [{ status: "all" }] };
    const first = (count: number) => firstOf(all, count);
    expect(wholeViews(first(4))).toEqual(views);
    expect(wholeViews(first(3))).toEqual(["today", "upcoming", "overdue"]);
    expect(isWhole(first(3), allDue)).toBe(true);
    expect(wholeViews(first(2))).toEqual(["today", "overdue"]);
    expect(wholeViews(first(1))).toEqual(["overdue"]);
    expect(wholeViews(first(0))).toEqual([]);
  });
});
