import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { applyMigrations, MigrationError, resolveMigration } from "../src/index.ts";
import { defaultPrismaDir } from "../src/migrations-dir.ts";
import { emptyDatabase } from "./support/empty-database.ts";
import { copyOfPrismaDir, tempDir } from "./support/temp-dir.ts";

const all = readdirSync(join(defaultPrismaDir(), "migrations")).filter((name) => /^\d/.test(name));
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let client: pg.Client;
beforeEach(async () => {
  database = await emptyDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

const begin = (name: string, script: string) =>
  client.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at)
     VALUES (gen_random_uuid(), encode(sha256(convert_to($2, 'UTF8')), 'hex'), $1, now())`,
    [name, script],
  );

/** A folder with a migration of our own behind the real ones. */
function withMigration(sql: string): string {
  const dir = join(copyOfPrismaDir(), "migrations");
  mkdirSync(join(dir, "29990101000000_ours"));
  writeFileSync(join(dir, "29990101000000_ours", "migration.sql"), sql);
  return dir;
}

// So did versions that wrote the record before and after, and so does `prisma migrate deploy`.
describe.each([["kept whole", true] as const, ["not kept at all", false] as const])(
  "of a migration that was cut short and %s",
  (_, kept) => {
    test("the next start makes what it should be, at each of them", async () => {
      const from = join(copyOfPrismaDir(), "migrations");
      const dir = tempDir();
      // It makes the table of the records.
      expect(await applyMigrations(database.url, dir)).toEqual([]);
      for (const name of all) {
        renameSync(join(from, name), join(dir, name));
        const script = readFileSync(join(dir, name, "migration.sql"), "utf8");
        await begin(name, script);
        if (kept) await client.query(script);
        expect(await applyMigrations(database.url, dir)).toEqual(kept ? [] : [name]);
      }
      expect(await applyMigrations(database.url)).toEqual([]);
      const { rows } = await client.query(
        `SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL ORDER BY 1`,
      );
      expect(rows.map(({ name }) => name)).toEqual(all);
    });
  },
);

test("where it cannot be told, one sentence names a command, which does what it says", async () => {
  const script = `UPDATE "task" SET "title" = "title" || '!'`;
  const dir = withMigration(script);
  await applyMigrations(database.url);
  await begin("29990101000000_ours", script);
  const error = await applyMigrations(database.url, dir).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(MigrationError);
  expect(String(error)).toMatch(/npm run db:resolve -- --rolled-back 29990101000000_ours/);
  expect(await resolveMigration(client, "29990101000000_ours", "rolled-back")).toBe(true);
  expect(await applyMigrations(database.url, dir)).toEqual(["29990101000000_ours"]);
  expect(await resolveMigration(client, "29990101000000_ours", "applied")).toBe(false);
});

test.runIf(inject("testBase").kind === "postgres")(
  "the script of a process that was killed is waited for, and then not run again if it was kept",
  async () => {
    const dir = withMigration("CREATE TABLE ours (id int); SELECT pg_advisory_xact_lock(1);");
    await client.query("SELECT pg_advisory_lock(1)");
    const script = fileURLToPath(new URL("./support/migrate.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", script, database.url, dir]);
    const asleep = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
      AND query ~ 'CREATE TABLE ours'`;
    while ((await client.query(asleep)).rowCount === 0) expect(child.exitCode).toBeNull();
    child.kill("SIGKILL");
    await once(child, "exit");
    const next = applyMigrations(database.url, dir);
    const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while (((await client.query(waits)).rowCount ?? 0) < 2);
    await client.query("SELECT pg_advisory_unlock(1)");
    expect(await next).toEqual(["29990101000000_ours"]);
    expect((await client.query("SELECT FROM ours")).rowCount).toBe(0);
  },
);
