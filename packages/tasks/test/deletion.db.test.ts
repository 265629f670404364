import { deletedTaskPageSchema, taskCreateSchema, taskQuerySchema } from "@taskbridge/contract";
import { createScope, type OwnerScope, purgeDeletedTasks } from "@taskbridge/db";
import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTaskService } from "../src/index.ts";

const DAY = 86_400_000;
const start = Date.parse("2026-03-01T00:00:00.000Z");
let clock = start;
const now = () => new Date(clock);
const tasks = createTaskService({ cursorKey: new Uint8Array(32).fill(7), now });

let database: TestDatabase;
let ada: OwnerScope;
beforeAll(async () => {
  database = await testDatabase();
  const { id } = await createUser(database.db);
  ada = createScope(database.db, { userId: id });
});
beforeEach(async () => {
  clock = start;
  await database.client.task.deleteMany();
});
afterAll(() => database.drop());

const create = (title: string, rest: object = {}) =>
  tasks.create(ada, taskCreateSchema.parse({ title, ...rest }));
const missing = { code: "task_not_found" };

async function deleted(title: string, rest: object = {}) {
  const task = await create(title, rest);
  await tasks.delete(ada, { id: task.id });
  return task;
}

test("a deleted task is nowhere but in the list of deleted ones", async () => {
  const { id } = await deleted("Gone", { tags: ["t"], dueDate: "2020-01-01", completed: true });
  await expect(tasks.get(ada, { id })).rejects.toMatchObject(missing);
  await expect(tasks.update(ada, { id, title: "Back" })).rejects.toMatchObject(missing);
  await expect(tasks.update(ada, { id, version: 1, title: "Back" })).rejects.toMatchObject(missing);
  await expect(tasks.delete(ada, { id })).rejects.toMatchObject(missing);
  await expect(tasks.delete(ada, { id, version: 1 })).rejects.toMatchObject(missing);
  expect(await tasks.setCompleted(ada, { ids: [id], completed: false })).toEqual({
    items: [],
    missing: [id],
  });
  expect(await tasks.clearCompleted(ada)).toEqual({ count: 0 });
  for (const sort of ["created", "completed", "due", "priority", "title"] as const) {
    const query = taskQuerySchema.parse({ sort, q: "gone", tag: "t" });
    expect((await tasks.list(ada, query)).items).toEqual([]);
  }
  expect(await tasks.counts(ada, {})).toEqual({
    open: 0,
    completed: 0,
    overdue: 0,
    today: 0,
    upcoming: 0,
    tags: [],
  });
});

test("restoring brings a task back as it was, as its next version", async () => {
  const task = await deleted("Back", { notes: "n", tags: ["t"], completed: true });
  clock += DAY;
  const restored = await tasks.restore(ada, { id: task.id.toUpperCase() });
  expect(restored).toEqual({ ...task, version: 2, updatedAt: now().toISOString() });
  expect(await tasks.get(ada, { id: task.id })).toEqual(restored);
  expect((await tasks.listDeleted(ada, { limit: 20 })).items).toEqual([]);
});

test("what is not deleted, or does not exist, is no deleted task", async () => {
  const { id } = await create("Here");
  await expect(tasks.restore(ada, { id })).rejects.toMatchObject(missing);
  await expect(tasks.restore(ada, { id: "no-id" })).rejects.toMatchObject(missing);
  expect(await tasks.get(ada, { id })).toMatchObject({ version: 1 });
});

test("of many that restore a task at once, one does", async () => {
  const { id } = await deleted("Raced");
  const tries = Array.from({ length: 10 }, () => tasks.restore(ada, { id }));
  const done = (await Promise.allSettled(tries)).filter(({ status }) => status === "fulfilled");
  expect(done).toHaveLength(1);
  expect(await tasks.get(ada, { id })).toMatchObject({ version: 2 });
});

test("after 30 days a deleted task is as if it had never been, and is purged", async () => {
  const old = await deleted("Old");
  clock += 1;
  const young = await deleted("Young");
  clock = start + 30 * DAY;
  await expect(tasks.restore(ada, { id: old.id })).rejects.toMatchObject(missing);
  const { items } = await tasks.listDeleted(ada, { limit: 20 });
  expect(items.map(({ id }) => id)).toEqual([young.id]);

  await create("Here");
  expect(await purgeDeletedTasks(database.db, now())).toBe(1);
  expect(await purgeDeletedTasks(database.db, now())).toBe(0);
  expect(await database.client.task.count()).toBe(2);
  expect(await tasks.restore(ada, { id: young.id })).toMatchObject({ title: "Young" });
});

test("a purge takes as many batches as there are, and several processes may share it", async () => {
  const { userId } = ada;
  const deletedAt = new Date(start - 31 * DAY);
  const row = { userId, title: "", titleKey: "", deletedAt };
  const data = Array.from({ length: 2_500 }, () => ({ ...row, id: crypto.randomUUID() }));
  await database.client.task.createMany({ data });
  const purges = [purgeDeletedTasks(database.db, now()), purgeDeletedTasks(database.db, now())];
  const counts = await Promise.all(purges);
  expect(counts.reduce((a, b) => a + b)).toBe(2_500);
  expect(await database.client.task.count()).toBe(0);
});

test("deleted tasks are listed page by page, the last deleted first", async () => {
  const titles = ["A", "B", "C", "D", "E"];
  for (const title of titles) {
    await deleted(title);
    if (title !== "B") clock += 1_000;
  }
  const seen = [];
  let cursor: string | undefined;
  do {
    const page = await tasks.listDeleted(ada, { limit: 2, cursor });
    deletedTaskPageSchema.parse(page);
    seen.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen.map(({ title }) => title)).toEqual(["E", "D", "C", "B", "A"]);
  expect(seen[0]?.deletedAt).toBe(new Date(start + 3_000).toISOString());

  const { nextCursor } = await tasks.listDeleted(ada, { limit: 2 });
  const other = taskQuerySchema.parse({ cursor: nextCursor });
  await expect(tasks.list(ada, other)).rejects.toMatchObject({ code: "validation_failed" });
});
