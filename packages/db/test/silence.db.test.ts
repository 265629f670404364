import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { bareClient } from "../src/bare-client.ts";
import { poolOf } from "../src/client.ts";
import {
  createDb,
  createScope,
  type Db,
  isUnavailable,
  Prisma,
  purgeDeletedTasks,
  purgeIdempotencyRecords,
  type RequestScope,
} from "../src/index.ts";
import { runMass } from "../src/statements.ts";
import {
  type CreatedUser,
  createUser,
  cuttableProxy,
  type TestDatabase,
  testDatabase,
} from "../src/testing/index.ts";
import { taskTable } from "./support/task-table.ts";

const { sql } = Prisma;
/** 5 s are promised; the machine may be busy with other things besides. */
const BOUND_MS = 8_000;
const poolSize = 2;

let database: TestDatabase;
let ada: CreatedUser;
beforeAll(async () => {
  database = await testDatabase();
  ada = await createUser(database.db);
});
afterAll(() => database.drop());

interface World {
  db: Db;
  scope: RequestScope;
  hang: () => void;
}
const answer = { status: 200, headers: [], body: new Uint8Array() };
const request = () => ({ key: crypto.randomUUID(), fingerprint: "f" });
const all = { where: sql`"title" = 'nobody has this'` };

/** The ways in which the app uses the database; the server falls silent somewhere in each. */
const ways: Record<string, (world: World) => Promise<unknown>> = {
  "a read": ({ scope, hang }) => {
    hang();
    return scope.rows(taskTable).find({ columns: ["id"] });
  },
  "a write of many rows": ({ scope, hang }) => {
    hang();
    return scope.rows(taskTable).delete(all);
  },
  "the work of a request that is carried out once": ({ scope, hang }) =>
    scope.once(request(), async (within) => {
      hang();
      await within.rows(taskTable).delete(all);
      return answer;
    }),
  "the end of such a request": ({ scope, hang }) =>
    scope.once(request(), async () => {
      hang();
      return answer;
    }),
  "a purge of tasks": ({ db, hang }) => {
    hang();
    return purgeDeletedTasks(db, new Date());
  },
  "a purge of kept answers": ({ db, hang }) => {
    hang();
    return purgeIdempotencyRecords(db, new Date());
  },
  "Prisma's query": ({ db, hang }) => {
    hang();
    return bareClient(db).user.count();
  },
  "Prisma's transaction": ({ db, hang }) =>
    bareClient(db).$transaction(async (tx) => {
      await tx.user.count();
      hang();
      await tx.user.count();
    }),
  "Prisma's commit": ({ db, hang }) =>
    bareClient(db).$transaction(async (tx) => {
      await tx.user.count();
      hang();
    }),
};

async function expectUnavailable(work: Promise<unknown>) {
  const begun = performance.now();
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(isUnavailable(error), String(error)).toBe(true);
  expect(performance.now() - begun).toBeLessThan(BOUND_MS);
}

const embedded = inject("testBase").kind === "embedded";

// There is no network before the embedded database, whose one backend each of these would hold.
describe.skipIf(embedded)("a server that falls silent ends", { concurrent: true }, () => {
  test.each(Object.entries(ways))("%s", async (_, use) => {
    const proxy = await cuttableProxy(database.url);
    const db = createDb(proxy.url, { poolSize });
    const scope = createScope(db, { userId: ada.id });
    const counts = () =>
      Promise.all(Array.from({ length: poolSize }, () => bareClient(db).user.count()));
    await counts();

    await expectUnavailable(use({ db, scope, hang: proxy.hang }));
    // And what would connect anew, or takes the connection that is left.
    await Promise.all(
      Object.values(ways).map((way) => expectUnavailable(way({ db, scope, hang: () => {} }))),
    );

    proxy.mend();
    await counts();
    const client = await poolOf(db).connect();
    const { rows } = await client.query("SELECT now() = statement_timestamp() AS outside");
    expect(rows).toEqual([{ outside: true }]);
    client.release();
    await db.close();
    await proxy.close();
  });
});

test.skipIf(embedded)("a long write is waited for while the database answers others", async () => {
  const slept = runMass(poolOf(database.db), sql`SELECT pg_sleep(6)`);
  await expect(slept).resolves.toBe(1);
});
