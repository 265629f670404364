import { expect, test } from "vitest";
import { type Act, changeOf } from "../../src/tasks/model/change.ts";
import { isOvertaken, type Step, undoneOf } from "../../src/tasks/model/step.ts";
import { makeTask } from "./make-task.ts";

const [a, b] = [makeTask({ id: "a" }), makeTask({ id: "b" })];
const step = (...acts: Act[]): Step => ({ toast: "t", changes: acts.map(changeOf), made: [] });
const deletion = step({ kind: "delete", task: a }, { kind: "delete", task: b });
const completion = step({ kind: "update", task: a, changes: { completed: true } });
const creation = step({ kind: "create", task: a });
const manyDeleted: Step = {
  toast: "t",
  changes: [],
  made: [{ change: { deleted: true }, tasks: [a] }],
};
const is =
  (...ids: string[]) =>
  (id: string) =>
    ids.includes(id);

test("a deletion is overtaken once all of its tasks are back, and by nothing else", () => {
  expect(isOvertaken(deletion, is("a", "b"), "back")).toBe(true);
  expect(isOvertaken(deletion, is("a"), "back")).toBe(false);
  expect(isOvertaken(deletion, is("a", "b"), "gone")).toBe(false);
  expect(isOvertaken(manyDeleted, is("a"), "back")).toBe(true);
});

test("what was done to a task is overtaken once that is gone", () => {
  for (const one of [completion, creation]) {
    expect(isOvertaken(one, is("a"), "gone")).toBe(true);
    expect(isOvertaken(one, is("b"), "gone")).toBe(false);
    expect(isOvertaken(one, is("a"), "back")).toBe(false);
  }
});

test("taking back is told by what is so again", () => {
  expect(undoneOf(deletion)).toEqual({ key: "tasks.restored", tasks: [a, b] });
  expect(undoneOf(manyDeleted).key).toBe("tasks.restored");
  expect(undoneOf(completion).key).toBe("tasks.reopened");
  expect(undoneOf(creation).key).toBe("tasks.deleted");
  const other = { kind: "update", task: a, changes: { title: "x" } } as const;
  expect(undoneOf(step(other)).key).toBeUndefined();
  expect(undoneOf(step({ kind: "delete", task: b }, other)).key).toBeUndefined();
});
