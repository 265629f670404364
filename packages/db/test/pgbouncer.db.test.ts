import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { bareClient } from "../src/bare-client.ts";
import { poolOf } from "../src/client.ts";
import {
  applyMigrations,
  checkWalls,
  createDb,
  createScope,
  type Db,
  followRevocations,
  isUnavailable,
} from "../src/index.ts";
import { preparedOn } from "../src/prepared.ts";
import {
  createTestDatabase,
  createUser,
  cuttableProxy,
  findPgBouncer,
  type PgBouncer,
  startPgBouncer,
} from "../src/testing/index.ts";
import { emptyDatabase } from "./support/empty-database.ts";
import { taskTable } from "./support/task-table.ts";

const testable = inject("testBase").kind === "postgres" && findPgBouncer() !== null;

describe.skipIf(!testable)("behind PgBouncer, by transaction,", () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let pooler: PgBouncer;
  let db: Db;
  beforeAll(async () => {
    database = await createTestDatabase(inject("testBase"));
    pooler = await startPgBouncer(database.url);
    db = createDb(pooler.url);
  });
  afterAll(async () => {
    await db.close();
    await pooler.stop();
    await database.drop();
  });

  const inParallel = <T>(count: number, work: (n: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, n) => work(n)));

  test("migrations are applied once, by several at once, and there are walls", async () => {
    const empty = await emptyDatabase();
    const through = await startPgBouncer(empty.url);
    const applied = await inParallel(3, () => applyMigrations(through.url));
    expect(applied.map(({ length }) => length > 0).sort()).toEqual([false, false, true]);
    const migrated = createDb(through.url);
    await checkWalls(migrated);
    await migrated.close();
    await through.stop();
    await empty.drop();
  });

  test("two users in parallel see their own rows, and leave nothing of themselves behind", async () => {
    const users = [await createUser(database.db), await createUser(database.db)];
    const scopes = users.map(({ id }) => createScope(db, { userId: id }));
    const titlesOf = async (n: number) => {
      const rows = await scopes[n]?.rows(taskTable).find({ columns: ["title"] });
      return new Set(rows?.map(({ title }) => title));
    };
    const leftovers = new Set<string>();
    await inParallel(300, async (n) => {
      const whose = n % 2;
      if (n % 3 === 0) {
        const client = new pg.Client({ connectionString: pooler.url });
        await client.connect();
        const { rows } = await client.query(`SELECT current_user AS who,
          coalesce(current_setting('taskbridge.user_id', true), '') AS id,
          coalesce(current_setting('taskbridge.narrowing', true), '') AS narrowing`);
        leftovers.add(JSON.stringify(rows[0]));
        await client.end();
      } else if (n % 3 === 1) {
        const row = { id: crypto.randomUUID(), title: `of ${whose}`, titleKey: "" };
        await scopes[whose]?.rows(taskTable).insert([row]);
      } else {
        expect([[], [`of ${whose}`]]).toContainEqual([...(await titlesOf(whose))]);
      }
    });
    expect([...leftovers]).toEqual([JSON.stringify({ who: "taskbridge", id: "", narrowing: "" })]);
    expect(await inParallel(2, titlesOf)).toEqual([new Set(["of 0"]), new Set(["of 1"])]);
  });

  test("nothing is prepared under a name, though it is without a pooler", async () => {
    for (const [of, names] of [
      [db, false],
      [database.db, true],
    ] as const) {
      const client = await poolOf(of).connect();
      client.release();
      expect(preparedOn(client) !== undefined).toBe(names);
    }
  });

  test("200 retries at once are carried out once", async () => {
    const { id: userId } = await createUser(database.db);
    const processes = [db, createDb(pooler.url), createDb(pooler.url)];
    let done = 0;
    const outcomes = await inParallel(200, async (n) => {
      const scope = createScope(processes[n % 3] as Db, { userId });
      return await scope.once({ key: "k", fingerprint: "f" }, async (within) => {
        done += 1;
        const row = { id: crypto.randomUUID(), title: "once", titleKey: "" };
        await within.rows(taskTable).insert([row]);
        return { status: 201, headers: [], body: new Uint8Array([done]) };
      });
    });
    const replays = outcomes.filter((outcome) => outcome.kind === "answered" && outcome.replayed);
    expect([done, outcomes.length - replays.length]).toEqual([1, 1]);
    const rows = await createScope(db, { userId })
      .rows(taskTable)
      .find({ columns: ["id"] });
    expect(rows).toHaveLength(1);
    await Promise.all(processes.slice(1).map((process) => process.close()));
  });

  test("the end of a session is followed", async () => {
    const follower = await followRevocations(pooler.url, { pollMs: 20 });
    const { id: userId } = await createUser(database.db);
    const client = bareClient(db);
    const expiresAt = new Date(Date.now() + 60_000);
    const id = crypto.randomUUID();
    await client.session.create({ data: { id, token: id, userId, expiresAt } });
    expect(follower.isRevoked(id)).toBe(false);
    await client.session.delete({ where: { id } });
    await expect.poll(() => follower.isRevoked(id)).toBe(true);
    await follower.stop();
  });

  test("instants are right, whatever time zone the server and other clients have", async () => {
    const name = new URL(database.url).pathname.slice(1);
    await database.client.$executeRawUnsafe(
      `ALTER DATABASE "${name}" SET timezone TO 'Asia/Kolkata'`,
    );
    await database.client.$executeRawUnsafe(`ALTER DATABASE "${name}" SET datestyle TO 'SQL, DMY'`);
    const through = await startPgBouncer(database.url);
    const ours = createDb(through.url);
    const { id } = await createUser(database.db);
    const createdAt = new Date("2026-03-04T05:06:07.089Z");
    const times = await inParallel(60, async (n) => {
      if (n % 2) {
        const other = new pg.Client({ connectionString: through.url });
        await other.connect();
        await other.query("SET TIME ZONE 'America/New_York'");
        await other.end();
        return createdAt.getTime();
      }
      await bareClient(ours).user.update({ where: { id }, data: { createdAt } });
      const user = await bareClient(ours).user.findUniqueOrThrow({ where: { id } });
      return user.createdAt.getTime();
    });
    expect(new Set(times)).toEqual(new Set([createdAt.getTime()]));
    const { rows } = await poolOf(database.db).query(
      `SELECT extract(epoch FROM "createdAt") * 1000 AS "ms" FROM "user" WHERE "id" = $1`,
      [id],
    );
    expect(Number(rows[0].ms)).toBe(createdAt.getTime());
    await ours.close();
    await through.stop();
  });

  test("a server that is away behind it is unavailable, in time", async () => {
    const proxy = await cuttableProxy(database.url);
    const through = await startPgBouncer(proxy.url);
    const ours = createDb(through.url);
    const { id: userId } = await createUser(database.db);
    const find = () =>
      createScope(ours, { userId })
        .rows(taskTable)
        .find({ columns: ["id"] });
    expect(await find()).toEqual([]);
    for (const away of [proxy.hang, proxy.cut]) {
      away();
      const begun = performance.now();
      const works = [find(), bareClient(ours).user.count()];
      for (const { reason } of (await Promise.allSettled(works)) as PromiseRejectedResult[]) {
        expect(isUnavailable(reason), String(reason)).toBe(true);
      }
      expect(performance.now() - begun).toBeLessThan(8_000);
      proxy.cut();
      proxy.mend();
    }
    await ours.close();
    await through.stop();
    await proxy.close();
  });
});
