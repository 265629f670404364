import { createHash, randomUUID } from "node:crypto";
import type pg from "pg";
import { mended } from "./mended-script.ts";
import { MigrationError } from "./migration-error.ts";
import { BEGIN_WITHOUT_LIMITS, lockForScript } from "./migration-lock.ts";

const RECORD = `INSERT INTO "_prisma_migrations"
  (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`;

/**
 * Runs a migration's script and records it, in one transaction: whenever the process is ended, both are
 * there or neither is. Throws `MigrationError` where the script fails.
 */
export async function applyScript(client: pg.Client, name: string, script: string): Promise<void> {
  const checksum = createHash("sha256").update(script).digest("hex");
  try {
    await client.query(BEGIN_WITHOUT_LIMITS);
    await lockForScript(client);
    await client.query(mended(script));
    await client.query(RECORD, [randomUUID(), checksum, name]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw new MigrationError(
      `The migration ${name} failed: ${(error as Error).message}. Nothing of it was kept: mend it and start again.`,
      { cause: error },
    );
  }
}
