import { expect, test } from "vitest";
import { eachOnce } from "../../src/tasks/model/each-once.ts";
import { makeTask } from "./make-task.ts";

const plain = (id: string) => id;

test("a list without repetition is the same list", () => {
  const tasks = [makeTask({ id: "a" }), makeTask({ id: "b" })];
  expect(eachOnce(tasks, plain)).toBe(tasks);
});

test("what two pages have is drawn once, as it was read last", () => {
  const [old, fresh] = [makeTask({ id: "a" }), makeTask({ id: "a", version: 2, title: "Moved" })];
  const other = makeTask({ id: "b" });
  expect(eachOnce([old, other, fresh], plain)).toEqual([other, fresh]);
  expect(eachOnce([old, other, { ...old }], plain)).toEqual([old, other]);
});

test("a task that was made here and is listed already by its new id is one task", () => {
  const local = makeTask({ id: "local-1" });
  const listed = makeTask({ id: "b", version: 2 });
  expect(eachOnce([local, listed], (id) => (id === "b" ? "local-1" : id))).toEqual([listed]);
});
