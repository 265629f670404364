import { join } from "node:path";
import pg from "pg";
import { defaultPrismaDir, readMigrations } from "./migrations-dir.ts";
import { withSchemaEngine } from "./schema-engine.ts";

/** What went wrong with a migration, and what to do, in its message. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

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
      const found = await engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: false,
        filters,
      });
      refuse(
        found.failedMigrationNames,
        (names) => `${names} failed on this database before. ${repair}`,
      );
      refuse(
        found.editedMigrationNames,
        (names) =>
          `${names} was edited after this database applied it. Undo the edit and write a new migration.`,
      );
      try {
        return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
      } catch (error) {
        throw new MigrationError(`A migration failed: ${reason(error)}`, { cause: error });
      }
    }),
  );
}

const repair =
  "Look at what it left behind, then run `npx prisma migrate resolve --rolled-back NAME` (or --applied) and start again.";

function refuse(names: string[], message: (names: string) => string): void {
  if (names.length > 0) throw new MigrationError(message(`The migration ${names.join(", ")}`));
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** "taskbrdg" read as a number: a key for PostgreSQL's advisory locks that nobody else picks. */
const lockKey = "8386110886190933095";

/**
 * Lets one process at a time look at the history and change it: a migration under way in another
 * process would look like one that failed. The lock goes when its connection does.
 */
async function holdingLock<T>(url: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    const config = { text: `SELECT pg_advisory_lock(${lockKey})`, query_timeout: timeoutMs };
    await client.query(config).catch((error: Error) => {
      if (error.message !== "Query read timeout") throw error;
      throw new MigrationError("Another process has been migrating this database for too long.");
    });
    const result = await work();
    await client.query(`SELECT pg_advisory_unlock(${lockKey})`);
    return result;
  } finally {
    await client.end();
  }
}
