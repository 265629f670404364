import { execFile } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { applyMigrations, MigrationError } from "../src/index.ts";
import { defaultPrismaDir } from "../src/migrations-dir.ts";
import { emptyDatabase } from "./support/empty-database.ts";
import { copyOfPrismaDir } from "./support/temp-dir.ts";

const all = readdirSync(join(defaultPrismaDir(), "migrations")).filter((name) => /^\d/.test(name));
let database: Awaited<ReturnType<typeof emptyDatabase>>;
beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(() => database.drop());

async function rows(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const result = await client.query(sql);
  await client.end();
  return result.rows;
}

/** A folder with a migration of our own behind the real ones. */
function withMigration(sql: string): { dir: string; file: string } {
  const dir = join(copyOfPrismaDir(), "migrations");
  mkdirSync(join(dir, "29990101000000_ours"));
  const file = join(dir, "29990101000000_ours", "migration.sql");
  writeFileSync(file, sql);
  return { dir, file };
}

test("all migrations are applied, once", async () => {
  expect(await applyMigrations(database.url)).toEqual(all);
  expect(await applyMigrations(database.url)).toEqual([]);
  expect(
    await rows(`SELECT migration_name AS name, finished_at IS NOT NULL AS finished,
      applied_steps_count AS steps, length(checksum) AS checksum FROM _prisma_migrations ORDER BY 1`),
  ).toEqual(all.map((name) => ({ name, finished: true, steps: 1, checksum: 64 })));
});

test("tasks of an older database are kept, and found by the words they have", async () => {
  const dir = join(copyOfPrismaDir(), "migrations");
  const later = all.filter((name) => name >= "20261121104754_deletion_and_search");
  for (const name of later) rmSync(join(dir, name), { recursive: true });
  await applyMigrations(database.url, dir);
  await rows(`INSERT INTO "user" ("id", "name", "email") VALUES ('ada', 'Ada', 'ada@example.com')`);
  const texts = [
    ["Milk", "", "milk\n"],
    ["Two\nlines", "Three\nmore\nlines", "two\nlines\nthree\nmore\nlines"],
    ["", "Notes", "\nnotes"],
    ["Made by hand", "N", ""],
  ].map((row) => row.map((text) => `E'${text.replaceAll("\n", "\\n")}'`).join());
  await rows(`INSERT INTO "task" ("id", "userId", "titleKey", "title", "notes", "searchText")
    SELECT gen_random_uuid(), 'ada', '', * FROM (VALUES (${texts.join("), (")})) AS texts`);

  expect(await applyMigrations(database.url)).toEqual(later);
  expect(
    await rows(`SELECT "title", "searchTitle", "searchNotes", "deletedAt" FROM "task" ORDER BY 1`),
  ).toEqual([
    { title: "", searchTitle: "", searchNotes: "notes", deletedAt: null },
    { title: "Made by hand", searchTitle: "", searchNotes: "", deletedAt: null },
    { title: "Milk", searchTitle: "milk", searchNotes: "", deletedAt: null },
    {
      title: "Two\nlines",
      searchTitle: "two\nlines",
      searchNotes: "three\nmore\nlines",
      deletedAt: null,
    },
  ]);
});

test("tasks of an older database are counted", async () => {
  const dir = join(copyOfPrismaDir(), "migrations");
  const later = all.filter((name) => name >= "20261122003343_task_delta");
  for (const name of later) rmSync(join(dir, name), { recursive: true });
  await applyMigrations(database.url, dir);
  for (const user of ["ada", "bob"]) {
    await rows(
      `INSERT INTO "user" ("id", "name", "email") VALUES ('${user}', '${user}', '${user}')`,
    );
    await rows(`INSERT INTO "task" ("id", "userId", "titleKey", "title", "tags", "dueDate", "completedAt", "deletedAt")
      SELECT gen_random_uuid(), '${user}', '', '', * FROM (VALUES
        ('{a,b}'::text[], '2026-01-01'::date, NULL::timestamptz, NULL::timestamptz),
        ('{a}', '2026-01-01', NULL, NULL), ('{b}', '2026-01-01', now(), NULL), ('{a}', NULL, NULL, now())) AS made`);
  }

  expect(await applyMigrations(database.url)).toEqual(later);
  const noted = (user: string) =>
    rows(`SELECT "dueDate"::text, "tags", "open", "completed", "folded" FROM "task_delta"
      WHERE "userId" = '${user}' ORDER BY 1, 2`);
  const folded = true;
  const counted = [
    { dueDate: "2026-01-01", tags: [], open: 2, completed: 0, folded },
    { dueDate: null, tags: [], open: 0, completed: 1, folded },
    { dueDate: null, tags: ["a"], open: 2, completed: 0, folded },
    { dueDate: null, tags: ["b"], open: 1, completed: 1, folded },
  ];
  expect(await noted("ada")).toEqual(counted);
  expect(await noted("bob")).toEqual(counted);
});

test("several callers at the same moment all succeed, and one does the work", async () => {
  const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(database.url)));
  expect(applied.flat()).toEqual(all);
});

test.runIf(inject("testBase").kind === "postgres")("so do two processes", async () => {
  const script = fileURLToPath(new URL("./support/migrate.ts", import.meta.url));
  const run = () =>
    promisify(execFile)(process.execPath, ["--import", "tsx", script, database.url]);
  const outputs = await Promise.all([run(), run()]);
  expect(outputs.flatMap(({ stdout }) => JSON.parse(stdout))).toEqual(all);
});

test("a script is run as written: semicolons in strings, comments and bodies are not its ends", async () => {
  const { dir } = withMigration(`
    -- One; two.
    CREATE TABLE ours (text text DEFAULT 'a;b');
    CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN n := n + n; RETURN n; END $$;
    INSERT INTO ours DEFAULT VALUES;`);
  await applyMigrations(database.url, dir);
  expect(await rows("SELECT text, twice(21) FROM ours")).toEqual([{ text: "a;b", twice: 42 }]);
});

test("a migration that fails leaves nothing behind, is named, and can be mended", async () => {
  const { dir, file } = withMigration("CREATE TABLE ours (id int); SELECT * FROM missing;");
  const error = await applyMigrations(database.url, dir).catch((error: Error) => error);
  expect(error).toBeInstanceOf(MigrationError);
  expect(String(error)).toMatch(/The migration 29990101000000_ours failed: .*missing/);
  expect(await rows("SELECT to_regclass('ours') AS ours")).toEqual([{ ours: null }]);

  writeFileSync(file, "CREATE TABLE ours (id int);");
  expect(await applyMigrations(database.url, dir)).toEqual(["29990101000000_ours"]);
});

test("one that fails after a commit of its own stops all others until it is resolved", async () => {
  const { dir } = withMigration("CREATE TABLE ours (id int); COMMIT; SELECT * FROM missing;");
  await expect(applyMigrations(database.url, dir)).rejects.toThrow(
    /A part of it may have been kept/,
  );
  const error = await applyMigrations(database.url, dir).catch((error: Error) => error);
  expect(error).toBeInstanceOf(MigrationError);
  expect(String(error)).toMatch(
    /29990101000000_ours was begun .* db:resolve -- --applied 29990101000000_ours/,
  );
});

test("a migration edited after it was applied is refused by name", async () => {
  const { dir, file } = withMigration("CREATE TABLE ours (id int);");
  await applyMigrations(database.url, dir);
  appendFileSync(file, "-- A second thought.");
  await expect(applyMigrations(database.url, dir)).rejects.toThrow(
    /29990101000000_ours was edited/,
  );
});

test("a folder that is not there is named", async () => {
  await expect(applyMigrations(database.url, "/nowhere")).rejects.toThrow(
    "There is no folder of migrations at /nowhere.",
  );
});

test.runIf(inject("testBase").kind === "postgres")(
  "another process that never finishes is not waited for without end",
  async () => {
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    await holder.query("SELECT pg_advisory_lock(8386110886190933095)");
    await expect(applyMigrations(database.url, undefined, { lockTimeoutMs: 100 })).rejects.toThrow(
      "Another process has been migrating this database for too long.",
    );
    await holder.end();
  },
);
