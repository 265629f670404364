import { createDb, type Db } from "@taskbridge/db";
import { bareClient } from "@taskbridge/db/bare-client";
import { type CuttableProxy, cuttableProxy } from "@taskbridge/db/testing";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { failureOf } from "../src/errors.ts";
import type { Api } from "../src/index.ts";
import { problem, restRequest, trpcRequest, twoUsers } from "./support/two-users.ts";

const base = inject("testBase");
const world = twoUsers();
let proxy: CuttableProxy;
let db: Db;
let api: Api;
let reported: unknown[];

beforeEach(async () => {
  proxy = await cuttableProxy(world.database.url);
  db = createDb(proxy.url, { poolSize: 1, connectTimeoutMs: 2_000 });
  reported = [];
  api = world.apiOver(db, (error) => reported.push(error));
});
afterEach(async () => {
  await db.close();
  await proxy.close();
});

const headers = (more = {}) => ({ Authorization: `Bearer ${world.ada.token}`, ...more });
const list = () =>
  api.fetch(restRequest("GET", `/api/${world.ada.id}/tasks`, { headers: headers() }));
const create = (more = {}) =>
  api.fetch(
    restRequest("POST", `/api/${world.ada.id}/tasks`, {
      headers: headers(more),
      body: { title: "Through the proxy" },
    }),
  );
const call = () => api.fetch(trpcRequest("task.list", { headers: headers() }));

async function expectUnavailable() {
  const [refused, ...problems] = await Promise.all([
    call(),
    list(),
    create(),
    create({ "Idempotency-Key": '"k"' }),
  ]);
  for (const response of problems) {
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    expect((await problem(response)).code).toBe("unavailable");
  }
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
  expect((await refused.json()).error.data.code).toBe("unavailable");
  // Whoever runs the server is told why; the client is not.
  expect(reported).toHaveLength(4);
}

test("connections that are cut, and none to be had: 503 at both doors, until it is mended", async () => {
  expect((await list()).status).toBe(200);
  proxy.cut();
  await expectUnavailable();
  proxy.mend();
  expect([(await list()).status, (await call()).status]).toEqual([200, 200]);
  expect((await create({ "Idempotency-Key": '"k"' })).status).toBe(201);
});

test("a server that accepts connections and says nothing", async () => {
  proxy.hang();
  await expectUnavailable();
});

test("nobody listens", async () => {
  await proxy.close();
  await expectUnavailable();
  proxy = await cuttableProxy(world.database.url);
});

test("a pool whose connections are all taken", async () => {
  await bareClient(db).$transaction(expectUnavailable, { timeout: 30_000 });
  expect((await list()).status).toBe(200);
});

test("a full disk: what is there is read, and a write is told that there is no room", async () => {
  const { client } = world.database;
  await client.$executeRawUnsafe(`CREATE FUNCTION "full_disk"() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$`);
  await client.$executeRawUnsafe(
    `CREATE TRIGGER "full_disk" BEFORE INSERT ON "task" EXECUTE FUNCTION "full_disk"()`,
  );
  const refused = await create();
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "30"]);
  expect((await problem(refused)).code).toBe("storage_full");
  expect((await list()).status).toBe(200);
  await client.$executeRawUnsafe(`DROP TRIGGER "full_disk" ON "task"`);
  expect((await create()).status).toBe(201);
});

test.runIf(base.kind === "postgres")(
  "what the server's administrator took away is away: 503, until it is given back",
  async () => {
    const admin = createDb((base as Extract<typeof base, { kind: "postgres" }>).serverUrl);
    const run = (sql: string) => bareClient(admin).$executeRawUnsafe(sql);
    const role = `app_${crypto.randomUUID().replaceAll("-", "")}`;
    await run(`CREATE ROLE ${role} LOGIN IN ROLE taskbridge`);
    const url = new URL(world.database.url);
    url.username = role;
    const ours = createDb(url.href);
    api = world.apiOver(ours, (error) => reported.push(error));
    const name = url.pathname.slice(1);
    for (const [fault, mend] of [
      [`REVOKE taskbridge FROM ${role}`, `GRANT taskbridge TO ${role}`],
      [`ALTER ROLE ${role} NOLOGIN`, `ALTER ROLE ${role} LOGIN`],
      [
        `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
        `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`,
      ],
      [
        `ALTER DATABASE ${name} SET default_transaction_read_only = on`,
        `ALTER DATABASE ${name} RESET ALL`,
      ],
    ] as const) {
      expect((await create()).status).toBe(201);
      await run(fault);
      await run(
        `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '${role}'`,
      );
      reported = [];
      if (fault.includes("read_only")) expect((await create()).status).toBe(503);
      else await expectUnavailable();
      await run(mend);
    }
    expect((await create()).status).toBe(201);
    await ours.close();
    await run(`DROP ROLE ${role}`);
    await admin.close();
  },
);

test("a text that no database can hold is the caller's fault, wherever it is looked up", async () => {
  const found = bareClient(world.database.db).session.findFirst({ where: { token: "a\0" } });
  const error = await found.catch((thrown: unknown) => thrown);
  expect(failureOf(error)).toMatchObject({ status: 400, code: "malformed_request" });
});
