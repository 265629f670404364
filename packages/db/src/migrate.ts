import { join } from "node:path";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import type pg from "pg";
import { isOneTransaction, MigrationError, readFailure } from "./migration-error.ts";
import { defaultPrismaDir, readMigrations } from "./migrations-dir.ts";
import { withSchemaEngine } from "./schema-engine.ts";
import { clientOf } from "./server-client.ts";

export interface MigrateOptions {
  /** How long to wait for another process that is migrating the same database, in milliseconds. */
  lockTimeoutMs?: number;
}

/** Everything is managed here; Prisma's filters are for tables that are not. */
const filters = { externalTables: [], externalEnums: [] };

/**
 * Brings the database at `url` up to date and returns the names of the migrations it applied, none
 * if there was nothing to do. It keeps the `_prisma_migrations` table as `prisma migrate deploy`
 * does, so either may follow the other. Any number of processes may call it at once. The folder of
 * migrations must be given where this file was bundled away from the repository.
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
  return await holdingLock(url, lockTimeoutMs, () =>
    withSchemaEngine(url, async (engine) => {
      await checkHistory(engine, migrationsList);
      try {
        return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
      } catch (error) {
        throw await recordFailure(engine, migrationsList, error);
      }
    }),
  );
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
      `The migration ${failed.join(", ")} was begun on this database and not finished. Look at what it left behind, then run \`npx prisma migrate resolve\` with \`--rolled-back\` or \`--applied\` and its name.`,
    );
  }
  if (edited.length > 0) {
    throw new MigrationError(
      `The migration ${edited.join(", ")} was edited after this database applied it. Undo the edit and write a new migration.`,
    );
  }
}

/** What was rolled back is said to be, so that the migration can be mended and tried again. */
async function recordFailure(
  engine: SchemaEngine,
  { migrationDirectories }: MigrationList,
  error: unknown,
): Promise<MigrationError> {
  const { migration, why } = readFailure(error);
  if (!migration) return new MigrationError(`Cannot migrate: ${why}`, { cause: error });
  const content = migrationDirectories.find(({ path }) => path === migration)?.migrationFile
    .content;
  const kept = content?.tag !== "ok" || !isOneTransaction(content.value);
  if (!kept) await engine.markMigrationRolledBack({ migrationName: migration });
  return new MigrationError(
    `The migration ${migration} failed: ${why}. ${kept ? "A part of it may have been kept." : "Nothing of it was kept: mend it and start again."}`,
    { cause: error },
  );
}

/** "taskbrdg" read as a number: a key for PostgreSQL's advisory locks that nobody else picks. */
const lockKey = "8386110886190933095";

/** How long the server may take for the little that is asked beside the migrations. */
const QUICK_MS = 30_000;

/** Callers in this process go one after the other. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Lets one caller at a time look at the history and change it: a migration that is under way would
 * look to another like one that failed.
 */
function holdingLock<T>(url: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const locked = async () => {
    const client = clientOf(url, { connectionTimeoutMillis: 5_000, query_timeout: QUICK_MS });
    client.on("error", () => {});
    await client.connect();
    try {
      // PGlite is one process's, and has one backend: a transaction would keep it from the work.
      const { rows } = await client.query("SELECT version() ~ 'wasm' AS embedded");
      if (rows[0].embedded) return await work();
      await lock(client, timeoutMs);
      const result = await work();
      await client.query("COMMIT");
      return result;
    } finally {
      await client.end();
    }
  };
  const mine = turn.then(locked);
  turn = mine.catch(() => {});
  return mine;
}

/**
 * Locked until the transaction or the connection ends. It is a transaction's, because a pooler may give
 * each transaction another connection.
 */
async function lock(client: pg.Client, timeoutMs: number): Promise<void> {
  // Whatever limits the role has: others wait for this one, and it waits for the migrations.
  await client.query(
    "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0",
  );
  const config = {
    text: `SELECT pg_advisory_xact_lock(${lockKey})`,
    query_timeout: timeoutMs,
  };
  await client.query(config).catch((error: Error) => {
    if (error.message !== "Query read timeout") throw error;
    throw new MigrationError("Another process has been migrating this database for too long.");
  });
}
