import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, createSharedLimits, type Db, purgeRateLimits } from "../src/index.ts";
import { type TestDatabase, testDatabase } from "../src/testing/index.ts";

const limit = { max: 20, windowSeconds: 60 };

let database: TestDatabase;
/** Another client, as another process has one. */
let other: Db;

beforeAll(async () => {
  database = await testDatabase();
  other = createDb(database.url);
});

afterAll(async () => {
  await other.close();
  await database.drop();
});

/** As if all windows had ended a moment ago. */
const endWindows = () => database.client.$executeRaw`UPDATE "rate_limit" SET "resetAt" = now()`;

test("no more than the limit is granted, however many ask at once from two clients", async () => {
  const clients = [createSharedLimits(database.db), createSharedLimits(other)];
  const asked = Array.from({ length: 100 }, (_, at) => clients[at % 2]?.take("busy", limit));
  const taken = await Promise.all(asked);
  expect(taken.filter((answer) => answer?.granted === 1)).toHaveLength(limit.max);
  const left = taken.map((answer) => answer?.left ?? 0).sort((a, b) => b - a);
  expect(left).toEqual(Array.from({ length: 100 }, (_, at) => Math.max(0, 19 - at)));
  for (const answer of taken) {
    expect(answer?.resetMs).toBeGreaterThanOrEqual(0);
    expect(answer?.resetMs).toBeLessThanOrEqual(60_000);
  }
});

test("each key has a count of its own, which begins anew when its window is over", async () => {
  const limits = createSharedLimits(database.db);
  const once = { max: 1, windowSeconds: 60 };
  expect(await limits.take("ada", once)).toMatchObject({ granted: 1, left: 0 });
  expect(await limits.take("ada", once)).toMatchObject({ granted: 0, left: 0 });
  expect(await limits.take("bob", once)).toMatchObject({ granted: 1, left: 0 });
  await endWindows();
  expect(await limits.take("ada", once)).toMatchObject({ granted: 1, left: 0 });
  expect((await limits.take("ada", once)).resetMs).toBeGreaterThan(55_000);
});

test("of several at once the last ones may be too many", async () => {
  const limits = createSharedLimits(database.db);
  expect(await limits.take("batch", limit, 15)).toMatchObject({ granted: 15, left: 5 });
  expect(await limits.take("batch", limit, 15)).toMatchObject({ granted: 5, left: 0 });
  expect(await limits.take("batch", limit, 15)).toMatchObject({ granted: 0, left: 0 });
});

test("a key of any length and kind is kept as its hash alone", async () => {
  const key = `somebody@example.com ${"é\n".repeat(50_000)}`;
  await createSharedLimits(database.db).take(key, limit);
  const rows = await database.client.rateLimit.findMany();
  for (const row of rows) expect(row.key).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test("counts whose window is over are removed, and no others", async () => {
  const limits = createSharedLimits(database.db);
  await endWindows();
  const rows = await database.client.rateLimit.count();
  await limits.take("still open", limit);
  expect(await purgeRateLimits(database.db)).toBe(rows);
  expect(await limits.take("still open", limit)).toMatchObject({ granted: 1, left: 18 });
});

test("where the disk is full, each process counts by itself, and asks again", async () => {
  const { client, db } = database;
  await client.$executeRawUnsafe(`CREATE FUNCTION "full_disk"() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$`);
  await client.$executeRawUnsafe(
    `CREATE TRIGGER "full_disk" BEFORE INSERT ON "rate_limit" EXECUTE FUNCTION "full_disk"()`,
  );
  const limits = createSharedLimits(db);
  expect(await limits.take("full", limit, 15)).toMatchObject({ granted: 15, left: 5 });
  expect(await limits.take("full", limit, 15)).toMatchObject({ granted: 5, left: 0 });
  expect(await createSharedLimits(other).take("full", limit)).toMatchObject({ left: 19 });
  await client.$executeRawUnsafe(`DROP TRIGGER "full_disk" ON "rate_limit"`);
  expect(await limits.take("full", limit)).toMatchObject({ granted: 1, left: 19 });
});
