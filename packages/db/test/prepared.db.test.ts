import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { poolOf } from "../src/client.ts";
import { createDb, createScope, type Db, Prisma } from "../src/index.ts";
import { allowNames, preparedOn } from "../src/prepared.ts";
import {
  type CreatedUser,
  createUser,
  type TestDatabase,
  testDatabase,
} from "../src/testing/index.ts";
import { taskTable } from "./support/task-table.ts";

const { sql } = Prisma;
const columns = ["title"] as const;
const orderBy = sql`"createdAt" DESC, "id" DESC`;

let database: TestDatabase;
/** One connection, so that all statements meet. */
let db: Db;
let users: CreatedUser[];
beforeAll(async () => {
  database = await testDatabase();
  db = createDb(database.url, { poolSize: 1 });
  users = [await createUser(database.db), await createUser(database.db)];
  for (const { id, name } of users) {
    const row = { id: crypto.randomUUID(), title: name, titleKey: name, searchTitle: name };
    await createScope(db, { userId: id }).rows(taskTable).insert([row]);
  }
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const tasksOf = (user: CreatedUser | undefined) =>
  createScope(db, { userId: (user as CreatedUser).id }).rows(taskTable);
async function onConnection<T>(use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await poolOf(db).connect();
  try {
    return await use(client);
  } finally {
    client.release();
  }
}
const named = () =>
  onConnection(async (client) => {
    const { rows } = await client.query<{ statement: string; generic: number; custom: number }>(
      `SELECT statement, generic_plans::int AS "generic", custom_plans::int AS "custom"
       FROM pg_prepared_statements WHERE name LIKE '%tb%' OR name LIKE 'taskbridge%'`,
    );
    return rows;
  });
const isNamed = () => onConnection(async (client) => preparedOn(client) !== undefined);
const ownTitles = async () => {
  for (const user of users) {
    expect(await tasksOf(user).find({ columns, orderBy, limit: 9, brief: true })).toEqual([
      { title: user.name },
    ]);
  }
};

test("two users in turn see their own rows through one statement", async () => {
  expect(await isNamed()).toBe(true);
  for (let round = 0; round < 8; round += 1) await ownTitles();
  const lists = (await named()).filter(({ statement }) => /LIMIT/.test(statement));
  expect(lists).toHaveLength(1);
});

test("what an index gives is planned once, all else each time", async () => {
  const where = sql`"title" <> ${"?"}`;
  for (let round = 0; round < 8; round += 1) {
    await tasksOf(users[0]).find({ columns, orderBy, limit: 9, brief: true });
    await tasksOf(users[0]).find({ columns, orderBy, limit: 9, where });
  }
  const all = await named();
  const brief = all.find(({ statement }) => /LIMIT/.test(statement) && !/<>/.test(statement));
  expect(brief?.generic).toBeGreaterThan(7);
  const others = all.filter(({ statement }) => /<>/.test(statement));
  expect(others).toMatchObject([{ generic: 0, custom: 8 }]);
});

test("a statement that fails is not taken for prepared, nor what came after it", async () => {
  const broken = sql`SELECT 1 / ${0}::int AS "never"`;
  for (let round = 0; round < 3; round += 1) {
    await expect(tasksOf(users[0]).select(broken)).rejects.toMatchObject({ code: "22012" });
    await expect(tasksOf(users[0]).select(sql`SELECT "none"`)).rejects.toMatchObject({
      code: "42703",
    });
    await ownTitles();
  }
  const right = sql`SELECT 1 / ${1}::int AS "never"`;
  expect(await tasksOf(users[0]).select(right)).toEqual([{ never: 1 }]);
});

test("columns that are added later come along", async () => {
  const all = sql`SELECT * FROM "task"`;
  const [before] = await tasksOf(users[0]).select<object>(all);
  await database.client.$executeRawUnsafe(`ALTER TABLE "task" ADD COLUMN "later" text DEFAULT 'x'`);
  const [after] = await tasksOf(users[0]).select<object>(all);
  expect(after).toEqual({ ...before, later: "x" });
  await database.client.$executeRawUnsafe(`ALTER TABLE "task" DROP COLUMN "later"`);
  expect(await tasksOf(users[0]).select<object>(all)).toEqual([before]);
  expect(await isNamed()).toBe(true);
});

test("no more than 200 are known at a time", async () => {
  const first = sql`SELECT 'first' AS "value"`;
  await tasksOf(users[0]).select(first);
  for (let n = 0; n < 220; n += 1) {
    await tasksOf(users[0]).select(Prisma.raw(`SELECT ${n} AS "value"`));
  }
  const statements = await named();
  // One is closed with the next packet.
  expect(statements.length).toBeLessThanOrEqual(201);
  expect(statements.some(({ statement }) => statement.includes("'first'"))).toBe(false);
  expect(await tasksOf(users[0]).select(first)).toEqual([{ value: "first" }]);
});

// Last: a connection that names have failed on gets no others.
describe("when the names mean nothing any more", () => {
  test.each(["a read", "a write"])("%s is done once", async (kind) => {
    const own = createDb(database.url, { poolSize: 1 });
    const tasks = createScope(own, { userId: (users[0] as CreatedUser).id }).rows(taskTable);
    const run = () =>
      kind === "a read"
        ? tasks.find({ columns: ["version"] })
        : tasks.updateReturning({
            where: sql`TRUE`,
            set: { version: sql`"version" + 1` },
            columns: ["version"],
          });
    const [was] = await run();
    const client = await poolOf(own).connect();
    await client.query("DEALLOCATE ALL");
    client.release();
    const step = kind === "a read" ? 0 : 1;
    expect(await run()).toEqual([{ version: (was?.version ?? 0) + step }]);
    expect(preparedOn(client)).toBeUndefined();
    expect(await run()).toEqual([{ version: (was?.version ?? 0) + 2 * step }]);
    await own.close();
  });
});

test("a connection that another process answers than greeted gets no names", async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(`SELECT pg_backend_pid() AS "pid"`);
  const pid = rows[0]?.pid ?? 0;
  allowNames(client, pid + 1);
  expect(preparedOn(client)).toBeUndefined();
  allowNames(client, pid);
  expect(preparedOn(client)).toBeDefined();
  await client.end();
});
