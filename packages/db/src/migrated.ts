import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Db, poolOf } from "./client.ts";
import { MigrationError } from "./migration-error.ts";
import { appliedMigrations } from "./migration-history.ts";
import { defaultPrismaDir } from "./migrations-dir.ts";

/**
 * Makes sure that a database has all migrations that this version knows, for those who leave it to others
 * to apply them. What it has besides is a newer version's. Throws `MigrationError` where one is missing.
 */
export async function checkMigrated(
  db: Db,
  migrationsDir = join(defaultPrismaDir(), "migrations"),
): Promise<void> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  const known = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const applied = await appliedMigrations(poolOf(db));
  const missing = known.sort().filter((name) => !applied.has(name));
  if (missing.length === 0) return;
  const many = missing.length > 1 ? ` and ${missing.length - 1} more` : "";
  throw new MigrationError(
    `The database lacks the migration ${missing[0]}${many}: start the web host of this version on it first, which applies them.`,
  );
}
