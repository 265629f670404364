import { join } from "node:path";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import type pg from "pg";
import { applyScript } from "./apply-script.ts";
import { isEmbeddedUrl } from "./embedded-url.ts";
import { isOneTransaction, leavesTraces, MigrationError, readFailure } from "./migration-error.ts";
import { appliedMigrations, resolveMigration, unfinishedMigrations } from "./migration-history.ts";
import { holdingLock } from "./migration-lock.ts";
import { defaultPrismaDir, readMigrations } from "./migrations-dir.ts";
import { withSchemaEngine } from "./schema-engine.ts";

export interface MigrateOptions {
  /** How long to wait for another process that is migrating the same database, in milliseconds. */
  lockTimeoutMs?: number;
}

/**
 * An embedded database has one session for everybody, who all wait for a large import. Most of what it takes
 * would go to the index for searches, without which a search reads the tasks of its user, and to the
 * compression of long texts.
 */
const QUICK_IMPORTS = `DROP INDEX IF EXISTS "task_search_idx";
  DO $$ DECLARE "column" name; BEGIN
    FOR "column" IN SELECT "attname" FROM "pg_attribute"
      WHERE "attrelid" = to_regclass('"task"') AND "atttypid" = 'text'::regtype AND "attstorage" = 'x'
    LOOP EXECUTE format('ALTER TABLE "task" ALTER %I SET STORAGE EXTERNAL', "column"); END LOOP;
  END $$`;

/** Everything is managed here; Prisma's filters are for tables that are not. */
const filters = { externalTables: [], externalEnums: [] };

/**
 * Brings the database at `url` up to date and returns the names of the migrations it applied, none
 * if there was nothing to do. It keeps the `_prisma_migrations` table as `prisma migrate deploy`
 * does, so either may follow the other. Any number of processes may call it at once, and it may be cut
 * short at any moment: a migration and its record are one transaction. The folder of migrations must be
 * given where this file was bundled away from the repository.
 *
 * Throws `MigrationError` if a migration fails, if one failed before, or if one was edited after it
 * was applied.
 */
export async function applyMigrations(
  url: string,
  migrationsDir = join(defaultPrismaDir(), "migrations"),
  { lockTimeoutMs = 60_000 }: MigrateOptions = {},
): Promise<string[]> {
  const migrationsList = await readMigrations(migrationsDir);
  return await holdingLock(url, lockTimeoutMs, (client) =>
    withSchemaEngine(url, async (engine) => {
      const scripts = scriptsOf(migrationsList);
      await resolveInterrupted(client, scripts);
      await checkHistory(engine, migrationsList);
      // Without any it does no more than make the table, in a database that is empty.
      await applyByEngine(engine, { ...migrationsList, migrationDirectories: [] });
      const applied = await appliedMigrations(client);
      const pending = [...scripts].filter(([name]) => !applied.has(name));
      for (const [name, script] of pending) {
        if (isOneTransaction(script)) await applyScript(client, name, script);
        else await applyByEngine(engine, upTo(name, migrationsList));
      }
      if (isEmbeddedUrl(url)) await client.query(QUICK_IMPORTS);
      return pending.map(([name]) => name);
    }),
  );
}

function scriptsOf({ migrationDirectories }: MigrationList): Map<string, string> {
  return new Map(
    migrationDirectories.map(({ path, migrationFile: { content } }) => {
      if (content.tag !== "ok") throw new MigrationError(`The migration ${path} cannot be read.`);
      return [path, content.value];
    }),
  );
}

const upTo = (name: string, { migrationDirectories, ...rest }: MigrationList): MigrationList => ({
  ...rest,
  migrationDirectories: migrationDirectories.filter(({ path }) => path <= name),
});

/**
 * Those of which there is a record without an end. A script that is one transaction was kept whole or
 * not at all, and the catalogs tell which: nothing but migrations changes the schema.
 */
async function resolveInterrupted(client: pg.Client, scripts: Map<string, string>): Promise<void> {
  for (const { name, leftTraces } of await unfinishedMigrations(client)) {
    const script = scripts.get(name);
    if (script === undefined || !isOneTransaction(script) || !leavesTraces(script)) continue;
    await resolveMigration(client, name, leftTraces ? "applied" : "rolled-back");
  }
}

async function checkHistory(engine: SchemaEngine, migrationsList: MigrationList): Promise<void> {
  const { failedMigrationNames: failed, editedMigrationNames: edited } =
    await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters,
    });
  if (failed.length > 0) {
    throw new MigrationError(
      `The migration ${failed.join(", ")} was begun on this database and not finished, and it cannot be told what was kept of it. Look whether its script's changes are there; if all are, run \`npm run db:resolve -- --applied ${failed[0]}\`; if not, undo those that are and run \`npm run db:resolve -- --rolled-back ${failed[0]}\`.`,
    );
  }
  if (edited.length > 0) {
    throw new MigrationError(
      `The migration ${edited.join(", ")} was edited after this database applied it. Undo the edit and write a new migration.`,
    );
  }
}

/** The engine writes a record before and after: for scripts that are more than one transaction. */
async function applyByEngine(engine: SchemaEngine, migrationsList: MigrationList): Promise<void> {
  try {
    await engine.applyMigrations({ migrationsList, filters });
  } catch (error) {
    const { migration, why } = readFailure(error);
    throw new MigrationError(
      migration
        ? `The migration ${migration} failed: ${why}. A part of it may have been kept.`
        : `Cannot migrate: ${why}`,
      { cause: error },
    );
  }
}
