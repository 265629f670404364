import { type TaskQuery, taskQuerySchema } from "@taskbridge/contract";
import type { OwnerScope } from "@taskbridge/db";
import {
  createUser,
  explainedScope,
  type TestDatabase,
  testDatabase,
} from "@taskbridge/db/testing";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createTaskService } from "../src/index.ts";

// What PostgreSQL does with the very statements of the service, on tables large enough that it plans
// as it would for any size. docs/decisions/0012-search-and-order.md has the times at a million rows.
const tasks = createTaskService({ cursorKey: new Uint8Array(32).fill(7) });
let database: TestDatabase;
let ada: OwnerScope;
/** The plan of the last statement that read. */
let plan: string;
const OTHERS = 2;

beforeAll(async () => {
  database = await testDatabase();
  const { client, db } = database;
  const { id } = await createUser(db);
  const others = Array.from({ length: OTHERS }, () => createUser(db));
  ada = explainedScope(db, id, (told) => {
    plan = told;
  });
  for (const userId of [id, ...(await Promise.all(others)).map((other) => other.id)]) {
    await client.$executeRaw`
      INSERT INTO "task" ("id", "userId", "title", "titleKey", "searchTitle", "priority", "tags", "dueDate",
        "completedAt", "createdAt", "deletedAt")
      SELECT gen_random_uuid(), ${userId}, t, t, t || CASE n WHEN 7 THEN E'\\n#rare' ELSE '' END,
        n % 4,
        CASE WHEN n = 7 THEN ARRAY['rare'] WHEN n % 2 = 0 THEN ARRAY['common'] ELSE '{}' END,
        CASE WHEN n % 3 > 0 THEN date '2026-01-01' + n % 100 END,
        CASE WHEN n % 2 > 0 THEN now() END, now() - n * interval '1 minute',
        CASE WHEN n % 5 = 0 THEN now() - n * interval '1 minute' END
      FROM (SELECT n, 'word ' || CASE n WHEN 7 THEN 'unheard' ELSE md5(n::text) END AS t
        FROM generate_series(1, 6000) AS n) AS made`;
  }
  await client.$executeRaw`
    INSERT INTO "task_delta" ("userId", "dueDate", "open", "completed")
    SELECT 'user ' || n % 200, date '2026-01-01' + n / 200, 1, 0 FROM generate_series(1, 20000) AS n`;
  // The search index keeps what is new in a list beside it until then.
  await client.$executeRaw`VACUUM ANALYZE "task", "task_delta"`;
});
afterAll(() => database.drop());

const sorts = ["created", "completed", "due", "priority", "title"] as const;
const statuses = ["all", "open", "completed"] as const;
const lists = sorts.flatMap((sort) =>
  statuses.flatMap((status) =>
    (["asc", "desc"] as const).map((order) => ({ sort, status, order })),
  ),
);

const indexes = {
  created: {
    asc: "task_userId_createdAt_id_completedAt_idx",
    desc: "task_userId_createdAt_id_completedAt_idx",
  },
  completed: { asc: "task_completed_idx", desc: "task_completed_idx" },
  due: { asc: "task_due_first_idx", desc: "task_due_last_idx" },
  priority: {
    asc: "task_userId_priority_id_completedAt_idx",
    desc: "task_userId_priority_id_completedAt_idx",
  },
  title: {
    asc: "task_userId_titleKey_id_completedAt_idx",
    desc: "task_userId_titleKey_id_completedAt_idx",
  },
};

describe("each page comes out of its index in order, from where it begins", () => {
  test.each(lists)("$status tasks by $sort, $order", async (list) => {
    const query = taskQuerySchema.parse(list);
    const first = await tasks.list(ada, query);
    const scan = new RegExp(`Index Scan.* using "?${indexes[list.sort][list.order]}`);
    expect(plan).toMatch(scan);
    expect(plan).not.toMatch(/Sort|Seq Scan|Bitmap/);

    await tasks.list(ada, { ...query, cursor: String(first.nextCursor) });
    expect(plan).toMatch(scan);
    expect(plan).toMatch(/Index Cond: .*ROW\(.*\) [<>] ROW\(/);
    expect(plan).not.toMatch(/Sort|Seq Scan|Bitmap/);
    if (list.status !== "all") expect(plan).toMatch(/Index Cond: .*"completedAt" IS/);
  });

  test("deleted tasks", async () => {
    const first = await tasks.listDeleted(ada, { limit: 20 });
    expect(plan).toMatch(/task_userId_deletedAt_id_idx/);
    await tasks.listDeleted(ada, { limit: 20, cursor: String(first.nextCursor) });
    expect(plan).toMatch(/task_userId_deletedAt_id_idx[\s\S]*Index Cond: .*ROW\(.*\) < ROW\(/);
  });
});

const found = async (asked: Partial<TaskQuery>) =>
  (await tasks.list(ada, taskQuerySchema.parse(asked))).items.length;
/** An embedded database has no such index (ADR 40): the rows of their user are read. */
const bySearchIndex =
  inject("testBase").kind === "postgres"
    ? /Bitmap Index Scan on task_search_idx/
    : /(?:Index Scan using|Bitmap Index Scan on) "?task_\w+/;

describe("what few tasks have is looked up in the search's index", () => {
  test.each([
    ["a word", { q: "Unheard", sort: "title" }, 1],
    ["a word that none has", { q: "zeppelin" }, 0],
    ["a word with two spellings", { q: "Zäppelin" }, 0],
    ["a tag by its sign and a part of its name", { q: "#rar" }, 1],
    ["a tag", { tag: "rare" }, 1],
  ] as const)("%s", async (_, asked, count) => {
    expect(await found(asked)).toBe(count);
    expect(plan).toMatch(bySearchIndex);
    expect(plan).not.toMatch(/Seq Scan/);
  });
});

describe("what many tasks have is looked for in the order asked for", () => {
  test.each([
    ["a word", { q: "word" }],
    ["a tag", { tag: "common" }],
    ["a priority", { priority: "high" }],
    ["a day before", { dueBefore: "2026-03-01" }],
    ["a day after", { dueAfter: "2026-03-01" }],
  ] as const)("%s", async (_, asked) => {
    expect(await found(asked)).toBe(20);
    expect(plan).toMatch(/Index Scan.* using "?task_userId_createdAt_id_completedAt_idx/);
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });
});

test("counts look up what was noted of their user, and no task", async () => {
  const { open, completed } = await tasks.counts(ada, {});
  expect(open + completed).toBe(4_800);
  expect(plan).toMatch(/task_delta_pkey/);
  expect(plan).toMatch(/Index Cond: .*"userId" = /);
  expect(plan).not.toMatch(/Seq Scan| on "?task"?\s/);
});
