import { taskQuerySchema } from "@taskbridge/contract";
import type { OwnerScope } from "@taskbridge/db";
import {
  createUser,
  explainedScope,
  type TestDatabase,
  testDatabase,
} from "@taskbridge/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTaskService } from "../src/index.ts";

// What PostgreSQL does with the very statements of the service, on tables large enough that it plans
// as it would for any size. docs/decisions/0012-search-and-order.md has the times at a million rows.
const tasks = createTaskService({ cursorKey: new Uint8Array(32).fill(7) });
let database: TestDatabase;
let ada: OwnerScope;
/** The plan of the last statement that read. */
let plan: string;

beforeAll(async () => {
  database = await testDatabase();
  const { client, db } = database;
  const { id } = await createUser(db);
  const other = await createUser(db);
  ada = explainedScope(db, id, (told) => {
    plan = told;
  });
  for (const userId of [id, other.id]) {
    await client.$executeRaw`
      INSERT INTO "task" ("id", "userId", "title", "titleKey", "searchTitle", "priority", "dueDate",
        "completedAt", "createdAt", "deletedAt")
      SELECT gen_random_uuid(), ${userId}, t, t, t,
        n % 4,
        CASE WHEN n % 3 > 0 THEN date '2026-01-01' + n % 100 END,
        CASE WHEN n % 2 > 0 THEN now() END, now() - n * interval '1 minute',
        CASE WHEN n % 5 = 0 THEN now() - n * interval '1 minute' END
      FROM (SELECT n, 'word ' || CASE n WHEN 7 THEN 'unheard' ELSE md5(n::text) END AS t
        FROM generate_series(1, 3000) AS n) AS made`;
  }
  // The search index keeps what is new in a list beside it until then.
  await client.$executeRaw`VACUUM ANALYZE "task"`;
});
afterAll(() => database.drop());

const sorts = ["created", "due", "priority", "title"] as const;
const statuses = ["all", "open", "completed"] as const;
const lists = sorts.flatMap((sort) =>
  statuses.flatMap((status) =>
    (["asc", "desc"] as const).map((order) => ({ sort, status, order })),
  ),
);

describe("each page comes out of its index in order, from where it begins", () => {
  test.each(lists)("$status tasks by $sort, $order", async (list) => {
    const query = taskQuerySchema.parse(list);
    const first = await tasks.list(ada, query);
    expect(plan).toMatch(/Index Scan/);
    expect(plan).not.toMatch(/Sort|Seq Scan|Bitmap/);

    await tasks.list(ada, { ...query, cursor: String(first.nextCursor) });
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

test("a word that few tasks have is looked up in the search's index", async () => {
  const { items } = await tasks.list(ada, taskQuerySchema.parse({ q: "Unheard", sort: "title" }));
  expect(items).toHaveLength(1);
  expect(plan).toMatch(/Bitmap Index Scan on task_search_idx/);
});

test("a word that most tasks have is looked for in the order asked for", async () => {
  const { items } = await tasks.list(ada, taskQuerySchema.parse({ q: "word", sort: "title" }));
  expect(items).toHaveLength(20);
  expect(plan).toMatch(/Index Scan/);
  expect(plan).not.toMatch(/Sort/);
});
