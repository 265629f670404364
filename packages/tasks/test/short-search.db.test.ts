import { SHORT_SEARCH_TASKS, taskQuerySchema } from "@taskbridge/contract";
import { createScope, type OwnerScope, purgeExcessDeletedTasks } from "@taskbridge/db";
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
  // The older half has a word besides.
  await database.client.$executeRaw`
    INSERT INTO "task" ("id", "userId", "title", "titleKey", "searchTitle", "createdAt")
    SELECT gen_random_uuid(), ${id}, t, t, t, now() - n * interval '1 minute'
    FROM (SELECT n, 'xy ' || lpad(n::text, 4, '0') || CASE WHEN n > ${SHORT_SEARCH_TASKS} THEN ' qz older' ELSE '' END AS t
      FROM generate_series(1, ${2 * SHORT_SEARCH_TASKS}::int) AS n) AS made`;
});
afterAll(() => database.drop());

async function all(asked: object) {
  const titles: string[] = [];
  let cursor: string | null | undefined;
  do {
    const query = taskQuerySchema.parse({ limit: 100, ...asked, ...(cursor && { cursor }) });
    const page = await tasks.list(ada, query);
    titles.push(...page.items.map(({ title }) => title));
    cursor = page.nextCursor;
  } while (cursor);
  return titles;
}

test("a search of short words sees the newest tasks alone, in every order and on every page", async () => {
  for (const [sort, order] of [
    ["created", "desc"],
    ["title", "desc"],
  ]) {
    const titles = await all({ q: "xy", sort, order });
    expect(new Set(titles).size).toBe(SHORT_SEARCH_TASKS);
    expect(titles.every((title) => !title.endsWith("older"))).toBe(true);
  }
  expect(await all({ q: "qz" })).toEqual([]);
});

test("a longer word beside them is looked for everywhere", async () => {
  expect(await all({ q: "qz older" })).toHaveLength(SHORT_SEARCH_TASKS);
});

test("an export of short words holds the same tasks as the list", async () => {
  const pieces: string[] = [];
  for await (const piece of tasks.export(ada, { status: "all", q: "xy", format: "json" }))
    pieces.push(piece);
  expect(JSON.parse(pieces.join(""))).toHaveLength(SHORT_SEARCH_TASKS);
});

test("of deleted tasks as many are kept as a user may have: those that were deleted last", async () => {
  for (const { id } of (await tasks.list(ada, taskQuerySchema.parse({ limit: 8 }))).items) {
    await tasks.delete(ada, { id });
  }
  const before = (await tasks.listDeleted(ada, { limit: 20 })).items;
  expect(await purgeExcessDeletedTasks(database.db, 5)).toBe(3);
  expect(await purgeExcessDeletedTasks(database.db, 5)).toBe(0);
  expect((await tasks.listDeleted(ada, { limit: 20 })).items).toEqual(before.slice(0, 5));
});
