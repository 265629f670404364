import { expect, test } from "vitest";
import { splitImport, splitSmaller, textOfPart } from "../../src/tasks/model/split-import.ts";

const tasksOf = (...titles: string[]) => titles.map((title) => JSON.stringify({ title }));
const bounds = { tasks: 2, bytes: 200 };

test("tasks are cut by their number", () => {
  const tasks = tasksOf("a", "b", "c");
  expect(splitImport(tasks, bounds)).toEqual([tasks.slice(0, 2), tasks.slice(2)]);
});

test("and by their bytes, in UTF-8", () => {
  const tasks = tasksOf("茶".repeat(40), "茶".repeat(40));
  const parts = splitImport(tasks, bounds);
  expect(parts).toHaveLength(2);
  for (const part of parts) {
    expect(new TextEncoder().encode(textOfPart(part)).length).toBeLessThanOrEqual(bounds.bytes);
  }
});

test("a part is a list of JSON", () => {
  expect(JSON.parse(textOfPart(tasksOf("a", '"],[')))).toEqual([{ title: "a" }, { title: '"],[' }]);
});

test("where a part is too large on the way, all that are left become half as large", () => {
  const tasks = tasksOf("4", "5", "6", "7", "8", "9");
  expect(splitSmaller([tasks.slice(0, 4), tasks.slice(4)])).toEqual([
    tasks.slice(0, 2),
    tasks.slice(2, 4),
    tasks.slice(4),
  ]);
});

test("one task cannot be cut any further", () => {
  expect(splitSmaller([tasksOf("One")])).toBeUndefined();
  expect(splitSmaller([])).toBeUndefined();
});
