import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { followRevocations, type RevocationOptions } from "../src/index.ts";
import {
  type CreatedUser,
  createUser,
  cuttableProxy,
  type TestDatabase,
  testDatabase,
} from "../src/testing/index.ts";
import { isStale, until } from "./support/follow.ts";

let database: TestDatabase;
let ada: CreatedUser;
beforeAll(async () => {
  database = await testDatabase();
  ada = await createUser(database.db);
});
afterAll(() => database.drop());

async function session(userId: string = ada.id): Promise<string> {
  const id = randomUUID();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await database.client.session.create({ data: { id, token: id, userId, expiresAt } });
  return id;
}

async function follow(options: RevocationOptions = {}, url = database.url) {
  const follower = await followRevocations(url, options);
  onTestFinished(() => follower.stop());
  return follower;
}

const endings: [string, (id: string, userId: string) => Promise<unknown>][] = [
  ["its deletion", (id) => database.client.session.delete({ where: { id } })],
  ["the deletion of many", (id) => database.client.session.deleteMany({ where: { id } })],
  ["the deletion of its user", (_, id) => database.client.user.delete({ where: { id } })],
  ["SQL", (id) => database.client.$executeRaw`DELETE FROM "session" WHERE "id" = ${id}`],
  [
    "an end put into the past",
    (id) => database.client.session.update({ where: { id }, data: { expiresAt: new Date() } }),
  ],
  [
    "another id",
    (id) => database.client.session.update({ where: { id }, data: { id: randomUUID() } }),
  ],
  ["TRUNCATE", () => database.client.$executeRaw`TRUNCATE "session"`],
  ["TRUNCATE of the users", () => database.client.$executeRaw`TRUNCATE "user" CASCADE`],
];

describe("a session is revoked by", () => {
  test.each(endings)("%s", async (_, end) => {
    const follower = await follow();
    const user = await createUser(database.db);
    const id = await session(user.id);
    expect(follower.isRevoked(id)).toBe(false);
    await end(id, user.id);
    await until(() => follower.isRevoked(id));
    ada = await createUser(database.db);
  });
});

test("a session that goes on, or is prolonged, is not revoked", async () => {
  const [ended, going] = [await session(), await session()];
  const follower = await follow();
  const expiresAt = new Date(Date.now() + 7_200_000);
  await database.client.session.update({ where: { id: going }, data: { expiresAt } });
  await database.client.session.delete({ where: { id: ended } });
  await until(() => follower.isRevoked(ended));
  expect(follower.isRevoked(going)).toBe(false);
  expect(await database.client.revokedSession.count({ where: { sessionId: going } })).toBe(0);
});

test("a deletion that is rolled back revokes nothing", async () => {
  const id = await session();
  await database.client
    .$transaction(async (tx) => {
      await tx.session.delete({ where: { id } });
      throw new Error("roll back");
    })
    .catch(() => {});
  expect(await database.client.revokedSession.count({ where: { sessionId: id } })).toBe(0);
});

test("what ended before a follower's start is known at its start", async () => {
  const id = await session();
  await database.client.session.delete({ where: { id } });
  expect((await follow()).isRevoked(id)).toBe(true);
});

test("two followers both learn", async () => {
  const [one, two] = [await follow(), await follow()];
  const id = await session();
  await database.client.session.delete({ where: { id } });
  await until(() => one.isRevoked(id) && two.isRevoked(id));
});

test("a row is kept for a day from the commit on, however late that is", async () => {
  const id = await session();
  let beforeCommit = new Date();
  await database.client.$transaction(async (tx) => {
    await tx.session.delete({ where: { id } });
    // By the database's own clock, which must have gone on since the deletion.
    await tx.$executeRaw`SELECT pg_sleep(0.02)`;
    const now = await tx.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
    beforeCommit = now[0]?.at ?? expect.fail("The database has no clock.");
  });
  const row = await database.client.revokedSession.findUniqueOrThrow({ where: { sessionId: id } });
  expect(row.revokedAt.getTime()).toBeGreaterThanOrEqual(beforeCommit.getTime());
  expect(row.expiresAt.getTime() - row.revokedAt.getTime()).toBeCloseTo(24 * 3_600_000, -2);
});

test("rows that have expired are removed, others are not", async () => {
  const [old, young] = [randomUUID(), randomUUID()];
  await database.client.revokedSession.createMany({
    data: [{ sessionId: old, expiresAt: new Date(Date.now() - 1_000) }, { sessionId: young }],
  });
  const follower = await follow();
  const ids = (await database.client.revokedSession.findMany()).map((row) => row.sessionId);
  expect(ids).not.toContain(old);
  expect(ids).toContain(young);
  expect([follower.isRevoked(old), follower.isRevoked(young)]).toEqual([false, true]);
});

test("an ended session is forgotten once its last token has expired", async () => {
  let skipped = 0;
  const now = () => performance.now() + skipped;
  const sessionId = randomUUID();
  const follower = await follow({ pollMs: 20, now });
  const expiresAt = new Date(Date.now() + 30_000);
  await database.client.revokedSession.create({ data: { sessionId, expiresAt } });
  await until(() => follower.isRevoked(sessionId));
  // The database's clock cannot be turned, but the row can be made older.
  await database.client.revokedSession.update({
    where: { sessionId },
    data: { expiresAt: new Date(Date.now() - 1_000) },
  });
  skipped = 61_000;
  await until(() => isStale(follower) || !follower.isRevoked(sessionId), 2_000);
  await until(() => !isStale(follower) && !follower.isRevoked(sessionId));
});

describe("a database out of reach", () => {
  test.each(["cut", "hang"] as const)(
    "(%s) is told once, makes it throw after the bound, and is found again",
    async (way) => {
      const proxy = await cuttableProxy(database.url);
      const onError = vi.fn();
      const follower = await follow({ pollMs: 20, staleAfterMs: 2_000, onError }, proxy.url);
      onTestFinished(proxy.close);
      const [before, meanwhile] = [await session(), await session()];
      await database.client.session.delete({ where: { id: before } });
      await until(() => follower.isRevoked(before));

      proxy[way]();
      expect(isStale(follower)).toBe(false);
      const tookMs = await until(() => isStale(follower), 2_000);
      expect(tookMs).toBeGreaterThan(400);
      // What is known stays known.
      expect(follower.isRevoked(before)).toBe(true);
      expect(onError).toHaveBeenCalledTimes(1);

      await database.client.session.delete({ where: { id: meanwhile } });
      proxy.mend();
      await until(() => !isStale(follower) && follower.isRevoked(meanwhile), 2_000);
    },
  );

  test("at the start is an error of the start", async () => {
    const proxy = await cuttableProxy(database.url);
    onTestFinished(proxy.close);
    proxy.cut();
    await expect(followRevocations(proxy.url, { staleAfterMs: 2_000 })).rejects.toThrow();
  });
});

test("after its stop it says that it cannot tell, on an embedded database once its thread must have ended", async () => {
  let clock = 0;
  const embedded = inject("testBase").kind === "embedded";
  const follower = await followRevocations(database.url, { now: () => clock });
  await follower.stop();
  await follower.stop();
  expect(isStale(follower)).toBe(false);
  clock += 5_001;
  expect(isStale(follower)).toBe(!embedded);
  clock += 40_000;
  expect(isStale(follower)).toBe(true);
});

test("it does not hold the process", async () => {
  const script = fileURLToPath(new URL("./support/follow-and-end.ts", import.meta.url));
  const run = promisify(execFile)(process.execPath, ["--import", "tsx", script, database.url], {
    timeout: 20_000,
  });
  expect((await run).stdout).toBe("following");
});

// PGlite runs one transaction at a time: nothing can commit late there.
describe.runIf(inject("testBase").kind === "postgres")("transactions side by side", () => {
  async function connection() {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  }

  test("a row committed late by a slow transaction is not missed", async () => {
    const follower = await follow({ pollMs: 20 });
    const [late, early] = [randomUUID(), await session()];
    const slow = await connection();
    await slow.query("BEGIN");
    await slow.query(`INSERT INTO "revoked_session" ("sessionId") VALUES ($1)`, [late]);
    // Others begin later, commit sooner and are seen first.
    await database.client.session.delete({ where: { id: early } });
    await until(() => follower.isRevoked(early));
    for (let n = 0; n < 5; n++) {
      const id = await session();
      await database.client.session.delete({ where: { id } });
      await until(() => follower.isRevoked(id));
    }
    expect(follower.isRevoked(late)).toBe(false);
    await slow.query("COMMIT");
    await until(() => follower.isRevoked(late));
  });

  test.each([
    ["the last begun first", [7, 6, 5, 4, 3, 2, 1, 0]],
    ["now an early one, now a late one", [3, 7, 0, 5, 1, 6, 2, 4]],
  ])("nor is any of many that commit in another order: %s", async (_, order) => {
    const follower = await follow({ pollMs: 20 });
    const ids = await Promise.all(order.map(() => session()));
    const clients = await Promise.all(ids.map(() => connection()));
    for (const [at, client] of clients.entries()) {
      await client.query("BEGIN");
      await client.query(`DELETE FROM "session" WHERE "id" = $1`, [ids[at]]);
    }
    // Each is known before the next commits: the follower has looked in between.
    for (const at of order) {
      await clients[at]?.query("COMMIT");
      await until(() => follower.isRevoked(ids[at] ?? ""));
    }
  });
});
