import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bareClient, type PrismaClient } from "../src/bare-client.ts";
import {
  createDb,
  createScope,
  type Db,
  isUnavailable,
  type VerifiedUserId,
} from "../src/index.ts";
import {
  type CuttableProxy,
  createUser,
  cuttableProxy,
  type TestDatabase,
  testDatabase,
} from "../src/testing/index.ts";
import { taskTable } from "./support/task-table.ts";

let database: TestDatabase;
let proxy: CuttableProxy;
let opened: Db;
let db: PrismaClient;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  proxy = await cuttableProxy(database.url);
  opened = createDb(proxy.url, { poolSize: 1, connectTimeoutMs: 2_000 });
  db = bareClient(opened);
  await db.user.count();
});
afterEach(async () => {
  await opened.close();
  await proxy.close();
});
afterAll(() => database.drop());

const patient = { timeout: 30_000 };
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error("It did not fail.");
    },
    (error: unknown) => error,
  );

describe("out of reach:", () => {
  test("a connection that is lost, in a transaction or at its end", async () => {
    const within = db.$transaction(async (tx) => {
      await tx.user.count();
      proxy.cut();
      await tx.user.count();
    });
    expect(isUnavailable(await errorOf(within))).toBe(true);
    proxy.mend();
    const atCommit = db.$transaction(async (tx) => {
      await tx.user.count();
      proxy.cut();
    });
    expect(isUnavailable(await errorOf(atCommit))).toBe(true);
  });

  test("a scope's statement, by itself and in a transaction of its own", async () => {
    const { id: userId } = await createUser(database.db);
    const scope = createScope(opened, { userId });
    const find = () => scope.rows(taskTable).find({ columns: ["id"] });
    const answer = { status: 200, headers: [], body: new Uint8Array() };
    const request = { key: "k", fingerprint: "f" };
    expect(await find()).toEqual([]);
    proxy.cut();
    expect(isUnavailable(await errorOf(find()))).toBe(true);
    expect(isUnavailable(await errorOf(scope.once(request, async () => answer)))).toBe(true);
    proxy.mend();
    const cut = scope.once(request, async (within) => {
      proxy.cut();
      await within.rows(taskTable).find({ columns: ["id"] });
      return answer;
    });
    expect(isUnavailable(await errorOf(cut))).toBe(true);
    proxy.mend();
    const atCommit = scope.once(request, async () => {
      proxy.cut();
      return answer;
    });
    expect(isUnavailable(await errorOf(atCommit))).toBe(true);
    proxy.mend();
    proxy.hang();
    const begun = performance.now();
    expect(isUnavailable(await errorOf(find()))).toBe(true);
    expect(performance.now() - begun).toBeLessThan(7_000);
    proxy.mend();
    expect(await find()).toEqual([]);
    expect(await scope.once(request, async () => answer)).toMatchObject({ replayed: false });
  });

  test("a raw query, and a server that does not let anybody in", async () => {
    proxy.cut();
    expect(isUnavailable(await errorOf(db.$queryRaw`SELECT 1`))).toBe(true);
    expect(isUnavailable(await errorOf(db.user.count()))).toBe(true);
  });

  test("a pool without a free connection, and a transaction that ran out of time", async () => {
    await db.$transaction(async () => {
      const errors = [errorOf(db.user.count()), errorOf(db.$transaction([db.user.count()]))];
      expect((await Promise.all(errors)).map(isUnavailable)).toEqual([true, true]);
    }, patient);
    const slow = db.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(0.3)::text`, {
      timeout: 100,
    });
    expect(isUnavailable(await errorOf(slow))).toBe(true);
  });

  test.each([
    ["nobody listens", "postgresql://postgres@127.0.0.1:1/none"],
    ["nobody listens, under two addresses", "postgresql://postgres@localhost:1/none"],
    ["there is no socket", "postgresql://postgres@localhost/none?host=/nonexistent"],
  ])("%s", async (_, url) => {
    const closed = createDb(url);
    const scope = createScope(closed, { userId: "nobody" as VerifiedUserId });
    const found = scope.rows(taskTable).find({ columns: ["id"] });
    expect(isUnavailable(await errorOf(found))).toBe(true);
    const nowhere = bareClient(closed);
    expect(isUnavailable(await errorOf(nowhere.user.count()))).toBe(true);
    expect(isUnavailable(await errorOf(nowhere.$transaction([nowhere.user.count()])))).toBe(true);
  });

  test.each([
    ["write", "EPIPE"],
    ["read", "ECONNRESET"],
    ["getaddrinfo", "EAI_AGAIN"],
    ["getaddrinfo", "ENOTFOUND"],
  ])("what the system says of a %s: %s", (syscall, code) => {
    const error = Object.assign(new Error(`${syscall} ${code}`), { syscall, code });
    expect(isUnavailable(error)).toBe(true);
  });

  test("a server that ends the connection", async ({ skip }) => {
    if (database.kind === "embedded") skip("Its one backend cannot be ended.");
    const ended = db.$transaction(async (tx) => {
      const [{ pid }] = await tx.$queryRaw<[{ pid: number }]>`SELECT pg_backend_pid() AS pid`;
      await database.client.$queryRaw`SELECT pg_terminate_backend(${pid}::int)`;
      await tx.user.count();
    });
    expect(isUnavailable(await errorOf(ended))).toBe(true);
  });

  test("what a server says of itself, and what nobody knows", async () => {
    for (const state of [
      ...["08006", "08P01", "25006", "25P02", "26000", "28000", "28P01", "3D000", "3F000", "40001"],
      ...[
        "40P01",
        "42501",
        "42703",
        "42704",
        "42883",
        "42P01",
        "53100",
        "53200",
        "53300",
        "55006",
        "55P03",
        "57014",
        "57P01",
        "57P03",
      ],
      ...["57P05", "58030", "F0000", "HV000", "XX000", "XX001", "ZZ999"],
    ]) {
      expect([state, isUnavailable(await errorOf(raise(state)))]).toEqual([state, true]);
    }
  });

  test("a connection that speaks another protocol", async () => {
    const garbage = createServer((socket) => {
      socket.on("error", () => {}).on("data", () => socket.write("HTTP/1.1 400 Bad Request\r\n"));
    });
    await once(garbage.listen(0, "127.0.0.1"), "listening");
    const { port } = garbage.address() as AddressInfo;
    const url = `postgresql://postgres@127.0.0.1:${port}/none`;
    const talking = createDb(url, { connectTimeoutMs: 500 });
    const find = createScope(talking, { userId: "nobody" as VerifiedUserId })
      .rows(taskTable)
      .find({ columns: ["id"] });
    expect(isUnavailable(await errorOf(find))).toBe(true);
    expect(isUnavailable(await errorOf(bareClient(talking).user.count()))).toBe(true);
    garbage.close();
    await talking.close();
  });
});

describe("not out of reach:", () => {
  test("a statement that is wrong, or may not be", async () => {
    const { email } = await createUser(database.db);
    const data = { id: crypto.randomUUID(), name: "second", email };
    expect(isUnavailable(await errorOf(db.user.create({ data })))).toBe(false);
    expect(isUnavailable(await errorOf(db.$queryRaw`SELEKT 1`))).toBe(false);
    for (const state of ["22012", "22021", "23514", "42601", "42P18", "54000", "0A000", "P0001"]) {
      expect(isUnavailable(await errorOf(raise(state)))).toBe(false);
    }
  });

  test("what is no error of the database", async () => {
    expect(isUnavailable(await errorOf(readFile("/nonexistent")))).toBe(false);
    // Node's, for a request that its client gave up.
    expect(isUnavailable(Object.assign(new Error("aborted"), { code: "ECONNRESET" }))).toBe(false);
    for (const thrown of [new Error("x"), new TypeError("x"), "Connection terminated", null]) {
      expect(isUnavailable(thrown)).toBe(false);
    }
  });
});

/** Fails as the server does that has this SQLSTATE to tell. */
const raise = (state: string) =>
  db.$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${state}'; END $$`);
