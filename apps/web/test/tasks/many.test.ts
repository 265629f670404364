import { manyChangeSchema } from "@taskbridge/contract";
import { MAX_CHANGED_TASKS, MAX_TAGS } from "@taskbridge/contract/rules";
import { expect, test } from "vitest";
import { sendMany } from "../../src/tasks/bulk/send-many.ts";
import {
  actOf,
  afterMany,
  changesFor,
  concerns,
  countOf,
  inParts,
  undoing,
} from "../../src/tasks/model/many.ts";
import { makeTask } from "./make-task.ts";

const full = Array.from({ length: MAX_TAGS }, (_, at) => `t${at}`);

test.each([
  [{ completed: true }, { completed: false }, { completed: true }],
  [{ completed: true }, { completed: true }, {}],
  [{ priority: "high" as const }, { priority: "low" as const }, { priority: "high" }],
  [{ dueDate: null }, { dueDate: "2026-12-01" }, { dueDate: null }],
  [{ dueDate: null }, { dueDate: null }, {}],
  [{ addTag: "home" }, { tags: ["a"] }, { tags: ["a", "home"] }],
  [{ addTag: "home" }, { tags: ["home"] }, {}],
  [{ addTag: "home" }, { tags: full }, {}],
  [{ removeTag: "home" }, { tags: ["home", "a"] }, { tags: ["a"] }],
  [{ removeTag: "home" }, { tags: ["a"] }, {}],
])("%o of a task with %o changes %o", (change, fields, changes) => {
  const task = makeTask(fields);
  expect(changesFor(change, task)).toEqual(changes);
  expect(concerns(change, task)).toBe(Object.keys(changes).length > 0);
});

test("a deletion is one of each task, and no edit", () => {
  const task = makeTask({});
  expect(actOf({ deleted: true }, task)).toEqual({ kind: "delete", task });
  expect(actOf({ deleted: false }, task)).toEqual({ kind: "restore", task });
  expect(afterMany({ deleted: true }, task)).toBeNull();
});

test.each([
  { completed: true },
  { priority: "high" as const },
  { dueDate: "2031-01-01" },
  { addTag: "new" },
  { removeTag: "old" },
])("what %o changed is as it was once that is undone", (change) => {
  const before = [
    makeTask({ id: "a", priority: "low", tags: ["old"], dueDate: "2026-12-01" }),
    makeTask({ id: "b", priority: "none", tags: ["x", "old"] }),
    makeTask({ id: "c", priority: "low", tags: ["old"] }),
  ];
  const steps = undoing({ change, tasks: before });
  for (const step of steps) expect(manyChangeSchema.safeParse(step.change).success).toBe(true);
  const after = steps.flatMap((step) => step.tasks.map((task) => afterMany(step.change, task)));
  const plain = ({ id, completed, priority, tags, dueDate }: (typeof before)[number]) =>
    JSON.stringify({ id, completed, priority, tags: [...tags].sort(), dueDate });
  expect(after.map((task) => task && plain(task)).sort()).toEqual(before.map(plain).sort());
});

const many = (count: number) => Array.from({ length: count }, (_, at) => makeTask({ id: `${at}` }));
const deletion = { deleted: true };

test("goes in parts that one call takes, each task in one of them", () => {
  const parts = inParts([{ change: deletion, tasks: many(MAX_CHANGED_TASKS * 2 + 1) }]);
  expect(parts.map(({ tasks }) => tasks.length)).toEqual([MAX_CHANGED_TASKS, MAX_CHANGED_TASKS, 1]);
  expect(new Set(parts.flatMap(({ tasks }) => tasks.map(({ id }) => id))).size).toBe(
    countOf(parts),
  );
});

/** A server that fails at one of the calls, and has made it or not. */
function server(failAt: number) {
  const deleted = new Set<string>();
  let calls = 0;
  const mutate = async ({ ids }: { ids: string[] }) => {
    calls += 1;
    const missing = ids.filter((id) => deleted.has(id));
    for (const id of ids) deleted.add(id);
    if (calls === failAt) throw new Error("The answer was lost.");
    return { count: ids.length - missing.length, missing };
  };
  return { client: { task: { changeMany: { mutate } } } as never, deleted };
}

test("what is left after a lost answer is sent again, and nothing is missed or told twice", async () => {
  const tasks = many(MAX_CHANGED_TASKS * 3);
  const { client, deleted } = server(2);
  const heard: string[] = [];
  const hear = ({ tasks: part }: { tasks: readonly { id: string }[] }) =>
    void heard.push(...part.map(({ id }) => id));
  const first = await sendMany(client, [{ change: deletion, tasks }], hear);
  expect(first.failure).toMatchObject({ code: "unreachable" });
  expect([countOf(first.sent), countOf(first.left)]).toEqual([
    MAX_CHANGED_TASKS,
    2 * MAX_CHANGED_TASKS,
  ]);
  const second = await sendMany(client, first.left, hear);
  expect(second.failure).toBeUndefined();
  // Also those that the lost call had deleted: undo has to bring them back.
  expect(countOf(second.sent)).toBe(2 * MAX_CHANGED_TASKS);
  expect(deleted.size).toBe(tasks.length);
  expect(heard).toEqual(tasks.map(({ id }) => id));
});

test("what was gone before an edit of many is not among what undo changes", async () => {
  const { client } = server(0);
  const tasks = many(3);
  await sendMany(client, [{ change: deletion, tasks: tasks.slice(0, 1) }], () => {});
  const { sent } = await sendMany(client, [{ change: { priority: "high" }, tasks }], () => {});
  expect(sent.flatMap((step) => step.tasks.map(({ id }) => id))).toEqual(["1", "2"]);
});
