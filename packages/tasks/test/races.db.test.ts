import {
  type Task,
  type TaskChanges,
  taskCreateSchema,
  taskQuerySchema,
} from "@taskbridge/contract";
import { createScope, type OwnerScope } from "@taskbridge/db";
import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTaskService } from "../src/index.ts";

const tasks = createTaskService({ cursorKey: new Uint8Array(32).fill(7) });
let database: TestDatabase;
let ada: OwnerScope;
beforeAll(async () => {
  database = await testDatabase();
  const { id } = await createUser(database.db);
  ada = createScope(database.db, { userId: id });
});
afterAll(() => database.drop());

const create = (title: string) => tasks.create(ada, taskCreateSchema.parse({ title }));
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

test("1 000 edits of named versions race: each version has one winner, and nothing is lost", async () => {
  const { id } = await create("Race");
  const lose = (error: unknown) => expect(error).toMatchObject({ code: "version_mismatch" });
  const won: Task[] = [];
  for (const version of upTo(20)) {
    const edits = upTo(50).map((at) => {
      const notes = `edit ${at} of version ${version}`;
      return tasks.update(ada, { id, version, notes }).then((task) => won.push(task), lose);
    });
    await Promise.all(edits);
  }
  expect(won.map(({ version }) => version)).toEqual(upTo(20).map((version) => version + 1));
  expect(await tasks.get(ada, { id })).toEqual(won.at(-1));
});

test("50 edits at once that name no version all succeed, each making a version", async () => {
  const { id } = await create("Race");
  const edits = upTo(50).map((at) => tasks.update(ada, { id, notes: `edit ${at}` }));
  const versions = (await Promise.all(edits)).map(({ version }) => version);
  expect(versions.sort((a, b) => a - b)).toEqual(upTo(50).map((at) => at + 1));
});

test("edits of different fields at once: none undoes another, and all are found by a search", async () => {
  const { id } = await create("Race");
  const edits: TaskChanges[] = [
    { title: "New title" },
    { notes: "Noted" },
    { dueDate: "2026-01-01" },
    { priority: "high" },
    { tags: ["t"] },
    { completed: true },
  ];
  await Promise.all(edits.map((change) => tasks.update(ada, { id, ...change })));
  const after = Object.assign({}, ...edits);
  expect(await tasks.get(ada, { id })).toMatchObject({ ...after, version: 7 });
  const found = await tasks.list(ada, taskQuerySchema.parse({ q: "new noted" }));
  expect(found.items.map((task) => task.id)).toEqual([id]);
});

test("an edit and a deletion of the same version: one wins", async () => {
  for (const _ of upTo(20)) {
    const { id } = await create("Race");
    const [edit, deletion] = await Promise.allSettled([
      tasks.update(ada, { id, version: 1, title: "Edited" }),
      tasks.delete(ada, { id, version: 1 }),
    ]);
    expect([edit.status, deletion.status].sort()).toEqual(["fulfilled", "rejected"]);
  }
});
