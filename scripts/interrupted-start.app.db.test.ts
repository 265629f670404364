import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { signUp } from "../apps/web/test/support/http.ts";
import { freePort, launch, scratchDir, startApp } from "../apps/web/test/support/start-app.ts";
import { migrationsUpTo } from "../bench/lib/old-migrations.ts";
import { applyMigrations } from "../packages/db/src/index.ts";
import {
  administer,
  onDatabase,
  startTestServer,
  type TestServer,
} from "../packages/db/src/testing/index.ts";

const embedded = inject("appDatabase") === "embedded";
const signals = ["SIGINT", "SIGTERM", "SIGKILL"] as const;

/** Starts it once more: whoever comes can sign up and add a task. */
async function startsWhole(settings: Record<string, string>): Promise<void> {
  const app = await startApp(settings);
  try {
    const { tasks } = await signUp("Bob", app.url);
    expect((await tasks("", { method: "POST", body: `{"title":"Kept"}` })).status).toBe(201);
  } finally {
    await app.stop();
  }
}

test.runIf(embedded)(
  "a first start that is killed while it migrates does not keep the next one",
  async () => {
    const dir = await scratchDir();
    const settings = { DATA_DIR: dir.path, PORT: String(await freePort()) };
    const { child, ended } = launch(settings);
    // The files are complete; what comes next is migrations.
    while (!existsSync(join(dir.path, "postgres")) && child.exitCode === null) await setTimeout(5);
    child.kill("SIGKILL");
    await ended;
    await startsWhole(settings);
    await dir.remove();
  },
  180_000,
);

describe.skipIf(embedded)("on a server", () => {
  let server: TestServer;
  beforeAll(async () => {
    const started = await startTestServer();
    if (!started) throw new Error("There are no PostgreSQL server binaries here.");
    server = started;
    await administer(server.url, "CREATE ROLE taskbridge LOGIN CREATEROLE");
  });
  afterAll(() => server.stop());

  test.each(signals)(
    "an upgrade that is ended by %s in mid-migration goes on at the next start",
    async (signal) => {
      const name = `upgrade_${signal.toLowerCase()}`;
      await administer(server.url, `CREATE DATABASE "${name}" OWNER taskbridge`);
      const url = onDatabase(server.url, name);
      const { dir, remove } = migrationsUpTo("20261121000000_init");
      await applyMigrations(url, dir).finally(remove);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`INSERT INTO "user" ("id", "name", "email") VALUES ('ada', 'Ada', 'ada@example.com');
      INSERT INTO "task" ("id", "userId", "titleKey", "title")
      SELECT gen_random_uuid(), 'ada', n, n FROM generate_series(1, 50) AS n`);
      // A migration wants this table for itself, after others have been applied.
      const locking = new pg.Client({ connectionString: url });
      await locking.connect();
      await locking.query(`BEGIN; LOCK TABLE "task" IN ACCESS SHARE MODE`);
      const settings = { DATABASE_URL: url, PORT: String(await freePort()) };
      const { child, ended } = launch(settings);
      const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      while ((await client.query(waits)).rowCount === 0 && child.exitCode === null)
        await setTimeout(20);
      expect(child.exitCode).toBeNull();
      child.kill(signal);
      await ended;
      await locking.end();
      await startsWhole(settings);
      const { rows } = await client.query(
        `SELECT count(*)::int AS "there" FROM "task" WHERE "userId" = 'ada'`,
      );
      expect(rows).toEqual([{ there: 50 }]);
      await client.end();
    },
    180_000,
  );

  test("one whose requests lost their rights says so in its health, and answers again once they are back", async () => {
    await administer(server.url, `CREATE DATABASE "rights" OWNER taskbridge`);
    const url = onDatabase(server.url, "rights");
    const app = await startApp({ DATABASE_URL: url });
    const { tasks } = await signUp("Ada", app.url);
    const to = (words: string) => administer(url, `${words} "taskbridge_request_rights"`);
    const health = async () => (await fetch(`${app.url}/api/health`)).status;
    const becomes = async (status: number) => {
      while ((await health()) !== status) await setTimeout(100);
    };
    await to(`REVOKE SELECT ON "task" FROM`);
    expect((await tasks()).ok).toBe(false);
    await becomes(503);
    expect((await tasks()).status).toBe(503);
    expect(app.output()).toMatch(/Requests may not use task \(SELECT\)/);
    await to(`GRANT SELECT ON "task" TO`);
    await becomes(200);
    expect((await tasks()).status).toBe(200);
    await app.stop();

    // As after a restore without privileges: the next start mends it and says so.
    await to(`REVOKE ALL ON "task" FROM`);
    const next = await startApp({ DATABASE_URL: url });
    expect(next.output()).toMatch(/Requests lacked rights, which were set again/);
    await signUp("Bob", next.url).then(async (bob) => expect((await bob.tasks()).status).toBe(200));
    await next.stop();
  }, 180_000);
});
