import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { bareClient } from "../src/bare-client.ts";
import { poolOf } from "../src/client.ts";
import {
  createDb,
  createScope,
  type Db,
  followRevocations,
  isUnavailable,
  Prisma,
} from "../src/index.ts";
import { inTransaction, runMass, statementsOf } from "../src/statements.ts";
import {
  type CreatedUser,
  createUser,
  findPgBouncer,
  startPgBouncer,
  type TestDatabase,
  testDatabase,
} from "../src/testing/index.ts";
import { taskTable } from "./support/task-table.ts";

const { sql } = Prisma;
const embedded = inject("testBase").kind === "embedded";
/** 5 s are promised; the machine may be busy with other things besides. */
const BOUND_MS = 8_000;
const poolSize = 3;

let database: TestDatabase;
let ada: CreatedUser;
beforeAll(async () => {
  database = await testDatabase();
  ada = await createUser(database.db);
});
afterAll(() => database.drop());

/** What the server runs at this moment for anybody but us. */
const running = async (): Promise<string[]> => {
  const rows = await database.client.$queryRaw<{ query: string }[]>`
    SELECT query FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type = 'client backend' AND state <> 'idle'`;
  return rows.map(({ query }) => query);
};

async function expectLate(work: Promise<unknown>) {
  const begun = performance.now();
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(isUnavailable(error), String(error)).toBe(true);
  expect(performance.now() - begun).toBeLessThan(BOUND_MS);
}

const forever = sql`SELECT count(*) FROM generate_series(1, 1000000000)`;
const brief = { brief: true, shared: true };

/** The ways in which the app uses the database, in all of which a statement may take too long. */
const ways: Record<string, (db: Db) => Promise<unknown>> = {
  "a scope's statement": (db) => statementsOf(poolOf(db), ada.id).run(forever),
  "a scope's transaction": (db) =>
    inTransaction(poolOf(db), ada.id, (statements) => statements.run(forever)),
  "reads that go together": (db) => {
    const { run } = statementsOf(poolOf(db), ada.id);
    return Promise.all([run(sql`SELECT 1`, brief), run(forever, brief), run(forever, brief)]);
  },
  "a wait for a lock": (db) =>
    createScope(db, { userId: ada.id })
      .rows(taskTable)
      .find({ columns: ["id"] }),
  "Prisma's query": (db) => bareClient(db).$queryRaw(forever),
  "Prisma's transaction": (db) => bareClient(db).$transaction((tx) => tx.$queryRaw(forever)),
};

/** As a migration by hand does, or somebody's maintenance. */
async function lockTable(table: string) {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`);
  return { unlock: () => client.end() };
}

// The embedded database has one thread, which hears of no time.
describe.skipIf(embedded)("what has taken too long is not run on for nobody:", () => {
  test("whatever asked for it, and who asks next is answered", async () => {
    const db = createDb(database.url, { poolSize: Object.keys(ways).length });
    const { unlock } = await lockTable("task");
    await Promise.all(Object.values(ways).map((way) => expectLate(way(db))));
    await expect.poll(running).toEqual([expect.stringContaining("LOCK TABLE")]);
    await unlock();
    expect(await ways["a wait for a lock"]?.(db)).toEqual([]);
    await db.close();
  });

  test("forty users of all connections leave them free when they have been answered", async () => {
    const db = createDb(database.url, { poolSize });
    const { run } = statementsOf(poolOf(db), ada.id);
    await Promise.all(Array.from({ length: 40 }, () => expectLate(run(forever))));
    await expect.poll(running).toEqual([]);
    expect((await run(sql`SELECT 1`)).count).toBe(1);
    await db.close();
  });

  test("a mass statement has its longer time, in a transaction for itself alone", async () => {
    const pool = poolOf(database.db);
    const limit = sql`SELECT current_setting('statement_timeout') AS "limit"`;
    const long = sql`SELECT 1 WHERE current_setting('statement_timeout') = '29750ms'`;
    await expect(runMass(pool, long)).resolves.toBe(1);
    const limits = await inTransaction(pool, ada.id, async ({ run }) => [
      (await run(limit)).rows,
      (await run(limit, { mass: true })).rows,
      (await run(limit)).rows,
    ]);
    expect(limits.flat()).toEqual([{ limit: "4250ms" }, { limit: "29750ms" }, { limit: "4250ms" }]);
  });

  test("a look for ended sessions that waits for a lock is one, not one more each time", async () => {
    const follower = await followRevocations(database.url, { pollMs: 10, staleAfterMs: 800 });
    const { unlock } = await lockTable("revoked_session");
    await vi.waitFor(() => expect(() => follower.isRevoked("x")).toThrow(), 5_000);
    for (let look = 0; look < 5; look += 1) {
      await setTimeout(300);
      expect((await running()).length).toBeLessThan(4);
    }
    await unlock();
    await vi.waitFor(() => expect(follower.isRevoked("x")).toBe(false), 5_000);
    await follower.stop();
  });
});

describe.skipIf(embedded || findPgBouncer() === null)("behind PgBouncer,", () => {
  test("it is cancelled too, and its server's connections have no limit of ours", async () => {
    const pooler = await startPgBouncer(database.url);
    const db = createDb(pooler.url, { poolSize });
    await Promise.all(
      ["a scope's statement", "Prisma's query"].map((name) =>
        expectLate(ways[name]?.(db) ?? Promise.resolve()),
      ),
    );
    await expect.poll(running).toEqual([]);
    const rows = await bareClient(db)
      .$queryRaw`SELECT current_setting('statement_timeout') AS "limit"`;
    expect(rows).toEqual([{ limit: "0" }]);
    await db.close();
    await pooler.stop();
  });
});
