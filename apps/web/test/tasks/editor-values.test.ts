import type { Task } from "@taskbridge/contract";
import { describe, expect, test } from "vitest";
import { type TaskTexts, textsOf } from "../../src/tasks/drafts/task-draft.ts";
import { readTags, resolverOf } from "../../src/tasks/editor-values.ts";
import { makeTask } from "./make-task.ts";

const options = { fields: {}, shouldUseNativeValidation: false };
const read = (task: Task, typed: Partial<TaskTexts>) =>
  resolverOf(task)({ ...textsOf(task), ...typed }, undefined, options);

/** What tasks may have that an editor's fields show otherwise. */
const odd: [string, Partial<Task>][] = [
  ["a tag with a comma", { tags: ["home, garden"] }],
  ["a tag that begins with #", { tags: ["#1"] }],
  ["tags that differ in blanks alone", { tags: ["a  b", "a b"] }],
  ["more tags than commas allow", { tags: Array.from({ length: 20 }, (_, n) => `${n},x`) }],
  ["a tag with a line end", { tags: ["a\nb"] }],
  ["a title with a line end", { title: "One\nTwo" }],
  ["a title with odd blanks", { title: "One\u00a0 \tTwo" }],
  ["notes with the line ends of Windows", { notes: "One\r\nTwo\r" }],
  ["notes with blanks around them", { notes: "  One  \n\n" }],
  ["an early day", { dueDate: "0001-01-01" }],
];

describe.each(odd)("%s", (_, fields) => {
  const task = makeTask(fields);

  test("is not sent where another field is changed", async () => {
    const result = await read(task, { priority: "high" });
    expect(result).toEqual({ values: { priority: "high" }, errors: {} });
  });

  test("is not sent where nothing is", async () => {
    expect(await read(task, {})).toEqual({ values: {}, errors: {} });
  });
});

test("what is touched is checked, and said at its field", async () => {
  const { errors } = await read(makeTask(), { title: "  ", tags: "x".repeat(51) });
  expect(Object.keys(errors)).toEqual(["title", "tags"]);
});

test("what is typed and means the same is no change", async () => {
  const task = makeTask({ title: "Milk", tags: ["home"], dueDate: null });
  const typed = { title: " Milk ", tags: "#home, ", dueDate: "" };
  expect(await read(task, typed)).toEqual({ values: {}, errors: {} });
});

test("a day is set, and taken away", async () => {
  const set = await read(makeTask({ dueDate: null }), { dueDate: "2027-01-31" });
  expect(set.values).toEqual({ dueDate: "2027-01-31" });
  const taken = await read(makeTask({ dueDate: "2027-01-31" }), { dueDate: "" });
  expect(taken.values).toEqual({ dueDate: null });
});

test.each([
  ["work, #home, work", [], ["work", "home"]],
  ["home, garden, new", ["home, garden"], ["home, garden", "new"]],
  ["new,home, garden", ["home, garden"], ["new", "home, garden"]],
  ["#1, #2", ["#1"], ["#1", "2"]],
  ["home, garden", ["home"], ["home", "garden"]],
  ["home, gardening", ["home, garden"], ["home", "gardening"]],
  ["a,b, a", ["a,b", "a"], ["a,b", "a"]],
  [" , ,# ,", [], []],
] as const)("%j beside the tags %j is read as %j", (text, known, tags) => {
  expect(readTags(text, known)).toEqual(tags);
});
