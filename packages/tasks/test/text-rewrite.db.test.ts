import { taskCreateSchema, taskQuerySchema } from "@taskbridge/contract";
import { createScope, type OwnerScope } from "@taskbridge/db";
import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { createTaskService, startTextRewrite } from "../src/index.ts";

const tasks = createTaskService({ cursorKey: new Uint8Array(32).fill(7) });
let database: TestDatabase | undefined;
let ada: OwnerScope;
/** Several batches. */
const COUNT = 500;

beforeEach(async () => {
  await database?.drop();
  database = await testDatabase();
  const { id } = await createUser(database.db);
  ada = createScope(database.db, { userId: id });
});
afterAll(() => database?.drop());

const client = () => {
  if (!database) throw new Error("There is a database before each test.");
  return database.client;
};

/** Tasks as an earlier version has left them. */
async function addFormerTasks() {
  const userId = ada.userId;
  await client().$executeRaw`
    INSERT INTO "task" ("id", "userId", "title", "titleKey", "notes", "tags", "searchTitle", "searchNotes", "deletedAt")
    SELECT gen_random_uuid(), ${userId}, 'Straße ' || n, 'straße ' || n, 'E-Mail', ARRAY['Küche'], 'straße ' || n, 'e-mail',
      CASE WHEN n % 10 = 0 THEN now() END
    FROM generate_series(1, ${COUNT}::int) AS n`;
}

const found = async (q: string) => {
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await tasks.list(ada, taskQuerySchema.parse({ q, limit: 100, cursor }));
    count += page.items.length;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return count;
};

const fail = (error: unknown) => {
  throw error;
};
const start = () => startTextRewrite((database as TestDatabase).db, fail);
const progress = async () => (await client().taskTextRewrite.findMany())[0];
const untilDone = () =>
  vi.waitFor(async () => expect((await progress())?.done).toBe(true), { timeout: 60_000 });

test("tasks of an earlier version are found and ordered by the rules of this one, and are otherwise as they were", async () => {
  await addFormerTasks();
  const before = await client().task.findMany({ orderBy: { id: "asc" } });
  expect([await found("strasse"), await found("email"), await found("#kueche")]).toEqual([0, 0, 0]);
  const rewriting = start();
  await untilDone();
  await rewriting.stop();
  const living = COUNT - COUNT / 10;
  expect([await found("strasse"), await found("email"), await found("#kueche")]).toEqual([
    living,
    living,
    living,
  ]);
  const byTitle = await tasks.list(ada, taskQuerySchema.parse({ sort: "title", limit: 3 }));
  expect(byTitle.items.map(({ title }) => title)).toEqual(["Straße 1", "Straße 2", "Straße 3"]);
  const unchanged = ({
    titleKey: _,
    searchTitle: __,
    searchNotes: ___,
    ...rest
  }: object & Record<string, unknown>) => rest;
  const after = await client().task.findMany({ orderBy: { id: "asc" } });
  expect(after.map(unchanged)).toEqual(before.map(unchanged));
});

test("it goes on where it was cut short, and several do it together", {
  timeout: 120_000,
}, async () => {
  await addFormerTasks();
  const first = start();
  await vi.waitFor(async () => expect(await progress()).toBeDefined(), { timeout: 60_000 });
  await first.stop();
  expect((await progress())?.done).toBe(false);
  const both = [start(), start()];
  await untilDone();
  await Promise.all(both.map(({ stop }) => stop()));
  expect(await found("strasse")).toBe(COUNT - COUNT / 10);
});

test("what is edited meanwhile keeps its edit", async () => {
  await addFormerTasks();
  const edited = await client().task.findMany({ where: { deletedAt: null }, take: 20 });
  const rewriting = start();
  for (const { id } of edited) await tasks.update(ada, { id, title: "Größe", tags: ["neu"] });
  await untilDone();
  await rewriting.stop();
  expect(await found("groesse #neu email")).toBe(edited.length);
});

test("once done it does nothing again, until the rules have a higher number", async () => {
  await tasks.create(ada, taskCreateSchema.parse({ title: "Müll" }));
  const rewriting = start();
  await untilDone();
  await rewriting.stop();
  await client().task.updateMany({ data: { searchTitle: "former" } });
  await start().stop();
  expect(await found("muell")).toBe(0);
  await client().taskTextRewrite.updateMany({ data: { rules: 0 } });
  const again = start();
  await vi.waitFor(async () => expect(await found("muell")).toBe(1), { timeout: 60_000 });
  await again.stop();
  await client().taskTextRewrite.updateMany({ data: { rules: 1_000, done: false } });
  await client().task.updateMany({ data: { searchTitle: "later" } });
  await start().stop();
  expect(await found("later")).toBe(1);
});
