import { expect, test } from "vitest";
import { knownTasks, type LoadedList, listed } from "../../src/tasks/model/known.ts";
import { makeTask } from "./make-task.ts";

const made = (id: string, createdAt: string, rest: Parameters<typeof makeTask>[0] = {}) =>
  makeTask({ id, createdAt: `2026-11-${createdAt}T00:00:00.000Z`, ...rest });
const open: LoadedList["query"] = { status: "open", sort: "created" };
const ids = (tasks: readonly { id: string }[]) => tasks.map(({ id }) => id);

test("of what is known twice the newer version counts", () => {
  const [old, fresh] = [made("a", "01"), made("a", "01", { version: 2, title: "Newer" })];
  const all: LoadedList = { query: { ...open, status: "all" }, tasks: [fresh], complete: true };
  expect(knownTasks([{ query: open, tasks: [old], complete: true }, all], [old])).toEqual([fresh]);
});

test("what should stand in a list that is all there, and does not, is gone", () => {
  const [gone, done] = [made("gone", "02"), made("done", "02", { completed: true })];
  const list: LoadedList = { query: open, tasks: [made("a", "01")], complete: true };
  expect(ids(knownTasks([list], [gone, done]))).toEqual(["a", "done"]);
});

test("of a list that goes on, only what would stand before its end is missed", () => {
  const before = [made("newer", "20"), made("older", "01")];
  const list: LoadedList = { query: open, tasks: [made("a", "10")], complete: false };
  expect(ids(knownTasks([list], before))).toEqual(["a", "older"]);
  expect(ids(knownTasks([{ ...list, tasks: [] }], before))).toEqual(["newer", "older"]);
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
