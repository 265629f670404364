import type { ClientBase, Pool } from "pg";
import { sqlStateOf } from "./driver-error.ts";

type Database = Pick<ClientBase | Pool, "query">;

/** What a database has noted of a migration that was begun and not finished. */
export interface UnfinishedMigration {
  readonly name: string;
  /** Whether anything in the schema was made after the note was. */
  readonly leftTraces: boolean;
}

/** The names of the migrations that a database has. */
export async function appliedMigrations(database: Database): Promise<Set<string>> {
  const names = await rowsOf<{ name: string }>(
    database,
    `SELECT migration_name AS name FROM "_prisma_migrations"
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  return new Set(names.map(({ name }) => name));
}

/** Whether a row of a catalog was written by a later transaction than the note. */
const later = (catalog: string, ofTable: string) =>
  `EXISTS (SELECT FROM ${catalog} c WHERE ${ofTable} AND age(c.xmin) < age(noted.xmin))`;
const inSchema = (prefix: string) =>
  `c.${prefix}namespace = quote_ident(current_schema())::regnamespace`;
const onTable = (column: string) =>
  `c.${column} IN (SELECT oid FROM pg_class WHERE relnamespace = quote_ident(current_schema())::regnamespace)`;

/**
 * The migrations that were begun and not finished: by a version that did not write a migration and its
 * record in one transaction, or by `prisma migrate deploy`.
 */
export const unfinishedMigrations = (database: Database): Promise<UnfinishedMigration[]> =>
  rowsOf(
    database,
    `SELECT migration_name AS name, applied_steps_count > 0
       OR ${later("pg_class", inSchema("rel"))} OR ${later("pg_attribute", onTable("attrelid"))}
       OR ${later("pg_type", inSchema("typ"))} OR ${later("pg_proc", inSchema("pro"))}
       OR ${later("pg_constraint", inSchema("con"))} OR ${later("pg_trigger", onTable("tgrelid"))}
       OR ${later("pg_policy", onTable("polrelid"))} AS "leftTraces"
     FROM "_prisma_migrations" noted
     WHERE finished_at IS NULL AND rolled_back_at IS NULL ORDER BY started_at`,
  );

/** Says of an unfinished migration what became of it, and whether there was one of that name. */
export async function resolveMigration(
  database: Database,
  name: string,
  outcome: "applied" | "rolled-back",
): Promise<boolean> {
  const set =
    outcome === "applied"
      ? "finished_at = now(), applied_steps_count = 1, logs = NULL"
      : "rolled_back_at = now()";
  const { rowCount } = await database.query(
    `UPDATE "_prisma_migrations" SET ${set}
     WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`,
    [name],
  );
  return rowCount !== 0;
}

/** A database that nobody has migrated yet has no such table. */
async function rowsOf<Row extends object>(database: Database, sql: string): Promise<Row[]> {
  try {
    return (await database.query<Row>(sql)).rows;
  } catch (error) {
    if (sqlStateOf(error) === "42P01") return [];
    throw error;
  }
}
