import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { poolOf } from "../src/client.ts";
import { createDb, createScope, type Db, Prisma } from "../src/index.ts";
import { statementsOf } from "../src/statements.ts";
import {
  type CreatedUser,
  createUser,
  type TestDatabase,
  testDatabase,
} from "../src/testing/index.ts";
import { taskTable } from "./support/task-table.ts";

// One user has very many tasks, all others have few: what PostgreSQL would keep as the plan for the
// average of them is to fetch all and sort.
let database: TestDatabase;
let db: Db;
let few: CreatedUser;
let many: CreatedUser;
beforeAll(async () => {
  database = await testDatabase();
  db = createDb(database.url, { poolSize: 1 });
  few = await createUser(database.db);
  many = await createUser(database.db);
  const { client } = database;
  await client.$executeRaw`INSERT INTO "user" ("id", "name", "email")
    SELECT 'user ' || n, 'user', n || '@example.com' FROM generate_series(1, 1000) AS n`;
  const add = (userId: Prisma.Sql, count: number) => client.$executeRaw`
    INSERT INTO "task" ("id", "userId", "title", "titleKey", "createdAt")
    SELECT gen_random_uuid(), ${userId}, 'task', 'task', now() - n * interval '1 minute'
    FROM generate_series(1, ${count}::int) AS n`;
  await add(Prisma.sql`'user ' || (n % 1000 + 1)`, 4_000);
  await add(Prisma.sql`${few.id}`, 4);
  await add(Prisma.sql`${many.id}`, 5_000);
  await client.$executeRawUnsafe(`VACUUM ANALYZE "task"`);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const orderBy = Prisma.sql`"createdAt" DESC, "id" DESC`;
const list = (user: CreatedUser, brief: boolean) =>
  createScope(db, { userId: user.id })
    .rows(taskTable)
    // Two texts, so that each has plans of its own.
    .find({ columns: ["id", brief ? "title" : "notes"], orderBy, limit: 20, brief });

async function prepared(column: string) {
  const { rows } = await poolOf(db).query<{ name: string; generic: number; custom: number }>(
    `SELECT name, generic_plans::int AS "generic", custom_plans::int AS "custom"
     FROM pg_prepared_statements WHERE statement LIKE '%SELECT "id","${column}" FROM%'`,
  );
  expect(rows).toHaveLength(1);
  return rows[0] as (typeof rows)[number];
}
/** How the database would go about a prepared statement, as the request it is. */
async function planOf(name: string, user: CreatedUser, brief: boolean): Promise<string> {
  const explain = Prisma.raw(`EXPLAIN EXECUTE "${name}" ('${user.id}', 20)`);
  const { rows } = await statementsOf(poolOf(db), user.id).run(explain, { brief });
  return (rows as { "QUERY PLAN": string }[]).map((row) => row["QUERY PLAN"]).join("\n");
}
const inOrder = /Index Scan Backward using "?task_userId_createdAt_id_completedAt_idx/;

test("a plan that is kept reads the index in order, whoever asked first", async () => {
  for (let round = 0; round < 8; round += 1) await list(few, true);
  expect(await list(many, true)).toHaveLength(20);
  const { name, generic, custom } = await prepared("title");
  expect([generic, custom]).toEqual([9, 0]);
  for (const user of [few, many]) {
    const plan = await planOf(name, user, true);
    expect(plan).toMatch(inOrder);
    expect(plan).not.toMatch(/Sort/);
  }
});

test("any other is planned for its user each time", async () => {
  for (let round = 0; round < 8; round += 1) await list(few, false);
  expect(await list(many, false)).toHaveLength(20);
  const { name, generic, custom } = await prepared("notes");
  expect([generic, custom]).toEqual([0, 9]);
  expect(await planOf(name, many, false)).toMatch(inOrder);
  expect(await planOf(name, few, false)).toMatch(/Sort/);
});

// PGlite's PostgreSQL, which is newer, has another idea of the average.
const embedded = inject("testBase").kind === "embedded";
test.skipIf(embedded)(
  "left to itself the plan that is kept would sort all tasks of whoever has many",
  async () => {
    const client = await poolOf(db).connect();
    await client.query("BEGIN; SET LOCAL plan_cache_mode = force_generic_plan");
    await client.query(`PREPARE "left" AS SELECT "id", "title" FROM "task"
    WHERE "userId" = $1 AND "deletedAt" IS NULL ORDER BY "createdAt" DESC, "id" DESC LIMIT $2`);
    const { rows } = await client.query(`EXPLAIN EXECUTE "left" ('${many.id}', 20)`);
    await client.query("ROLLBACK");
    client.release();
    expect(JSON.stringify(rows)).toMatch(/Sort/);
  },
);
