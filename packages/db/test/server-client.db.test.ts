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
  openDatabase,
} from "../src/index.ts";
import {
  createUser,
  cuttableProxy,
  startTestServer,
  type TestDatabase,
  type TestServer,
  testDatabase,
} from "../src/testing/index.ts";
import { administer, type TestBase } from "../src/testing/test-base.ts";
import { taskTable } from "./support/task-table.ts";

const base = inject("testBase");
const serverUrl = () => (base as Extract<TestBase, { kind: "postgres" }>).serverUrl;
const run = (sql: string) => administer(serverUrl(), sql);
const identifier = (name: string) => pg.escapeIdentifier(name);
const dataDir = "/nowhere";

describe.runIf(base.kind === "postgres")("whatever it is called:", () => {
  test.each(["My.Task DB", `tä"sk's /?#%&=+,@:[]`, "X".repeat(63), "SELECT", "-c"])(
    "a database and its user named %s",
    async (name) => {
      const [role, database] = [`Of ${name}`.slice(0, 63), name];
      const { searchParams } = new URL(serverUrl());
      const host = encodeURIComponent(searchParams.get("host") ?? "");
      const [user, path] = [role, database].map(encodeURIComponent);
      const url = `postgresql://${user}@localhost/${path}?host=${host}`;
      await run(`CREATE ROLE ${identifier(role)} LOGIN CREATEROLE`);
      // The second time the roles of requests are there already: they are the server's.
      for (const _ of ["first", "second"]) {
        await run(`CREATE DATABASE ${identifier(database)} OWNER ${identifier(role)}`);
        await openDatabase({ url, dataDir });
        await applyMigrations(url);
        const db = createDb(url);
        await checkWalls(db);
        const { id: userId } = await createUser(db);
        const tasks = createScope(db, { userId }).rows(taskTable);
        await tasks.insert([{ id: crypto.randomUUID(), title: "One", titleKey: "one" }]);
        expect(await tasks.find({ columns: ["title"] })).toEqual([{ title: "One" }]);
        const follower = await followRevocations(url);
        expect(follower.isRevoked("nobody")).toBe(false);
        await follower.stop();
        await db.close();
        await run(`DROP DATABASE ${identifier(database)} WITH (FORCE)`);
      }
    },
  );
});

describe.runIf(base.kind === "postgres")("a database that was read-only for a while", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  /** As many writes at once as there are connections, each on one of its own, by both ways. */
  const writes = async (db: Db, userId: string) => {
    const tasks = createScope(db, { userId: userId as never }).rows(taskTable);
    const row = () => ({ id: crypto.randomUUID(), title: "One", titleKey: "one" });
    const name = "Ada";
    return await Promise.allSettled([
      tasks.insert([row()]),
      tasks.insert([row()]),
      bareClient(db).user.update({ where: { id: userId }, data: { name } }),
      bareClient(db).$transaction((tx) =>
        tx.user.update({ where: { id: userId }, data: { name } }),
      ),
    ]);
  };

  test.each(["database", "role"])("by its %s is written to by the first who asks", async (of) => {
    const db = createDb(database.url, { poolSize: 4 });
    const { id } = await createUser(database.db);
    const name = new URL(database.url).pathname.slice(1);
    const end = () =>
      run(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`);
    const whose = of === "database" ? `DATABASE ${name}` : `ROLE taskbridge IN DATABASE ${name}`;
    const set = async (mode: string) => {
      await run(`ALTER ${whose} SET default_transaction_read_only = ${mode}`);
      // It is for connections yet to come: those that are there stay as they are.
      if (mode === "on") await end();
    };
    expect((await writes(db, id)).map(({ status }) => status)).not.toContain("rejected");
    await set("on");
    for (const outcome of await writes(db, id)) {
      expect(outcome.status === "rejected" && isUnavailable(outcome.reason)).toBe(true);
    }
    const tasks = createScope(db, { userId: id }).rows(taskTable);
    const reads = () => Promise.all([1, 2, 3, 4].map(() => tasks.find({ columns: ["id"] })));
    await reads();
    await set("off");
    for (const outcome of await writes(db, id))
      expect(outcome).toMatchObject({ status: "fulfilled" });
    await db.close();
  });
});

describe.runIf(base.kind === "postgres")("an address of several servers", () => {
  let servers: TestServer[];
  let hosts: string[];
  beforeAll(async () => {
    servers = (await Promise.all([startTestServer(), startTestServer()])) as TestServer[];
    hosts = servers.map(({ url }) => new URL(url).searchParams.get("host") ?? "");
  });
  afterAll(async () => void (await Promise.all(servers.map((server) => server.stop()))));

  const address = (wanted: string) =>
    `postgresql://postgres@/postgres?host=${hosts.join(",")}&target_session_attrs=${wanted}`;
  const readOnly = async (at: number, mode: "on" | "off") => {
    const { url } = servers[at] as TestServer;
    await administer(url, `ALTER SYSTEM SET default_transaction_read_only = ${mode}`);
    await administer(url, "SELECT pg_reload_conf()");
  };
  const reached = async (db: Db) => {
    const { rows } = await poolOf(db).query(`SELECT setting AS "host" FROM pg_settings
      WHERE name = 'unix_socket_directories'`);
    return hosts.indexOf(rows[0].host);
  };

  test("leads to the one that may be written to, also once they have changed places", async () => {
    await readOnly(0, "on");
    const db = createDb(address("read-write"));
    const other = createDb(address("read-only"));
    await expect.poll(() => reached(db)).toBe(1);
    await expect.poll(() => reached(other)).toBe(0);
    await readOnly(0, "off");
    await readOnly(1, "on");
    await expect.poll(() => reached(db), { timeout: 10_000 }).toBe(0);
    await readOnly(0, "on");
    // A new connection finds none, in a sentence.
    const none = openDatabase({ url: address("read-write"), dataDir });
    await expect(none).rejects.toMatchObject({ reason: "read_only" });
    const opened = openDatabase({ url: servers[0]?.url as string, dataDir });
    await expect(opened).rejects.toMatchObject({
      reason: "read_only",
      message: expect.stringContaining("it is read-only. Name the primary"),
    });
    await Promise.all([db.close(), other.close()]);
    for (const at of [0, 1]) await readOnly(at, "off");
  });

  test("is as good as one, whichever of them is away", async () => {
    const proxies = await Promise.all(servers.map(({ url }) => cuttableProxy(url)));
    const [first, second] = proxies.map(({ url }) => new URL(url).host);
    const db = createDb(`postgresql://postgres@${first},${second}/postgres`);
    expect(await reached(db)).toBe(0);
    proxies[0]?.cut();
    await expect.poll(() => reached(db).catch(() => -1)).toBe(1);
    const opened = await openDatabase({
      url: `postgresql://postgres@${first},${second}/postgres`,
      dataDir,
    });
    expect(opened.kind).toBe("server");
    proxies[1]?.cut();
    await expect(reached(db)).rejects.toSatisfy(isUnavailable);
    await db.close();
    await Promise.all(proxies.map((proxy) => proxy.close()));
  });

  test("is encrypted where it prefers to be and the server can, and refused where it must be", async () => {
    const proxy = await cuttableProxy(servers[0]?.url as string);
    for (const mode of ["disable", "allow", "prefer"]) {
      const db = createDb(`${proxy.url}?sslmode=${mode}`);
      expect([mode, await reached(db)]).toEqual([mode, 0]);
      await db.close();
    }
    const opened = openDatabase({ url: `${proxy.url}?sslmode=require`, dataDir });
    await expect(opened).rejects.toThrow("The server does not support SSL connections");
    await proxy.close();
  });
});
