import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { schemaDrift } from "./drift.ts";
import { defaultPrismaDir } from "./migrations-dir.ts";

export interface NewMigration {
  /** What the migration does, in lower-case letters, digits and underscores. */
  name: string;
  /** Write a migration even if there is no difference, to be filled by hand. */
  empty?: boolean;
  /** The folder of `schema.prisma` and `migrations/`. */
  prismaDir?: string;
  now?: Date;
}

/** Said to whoever runs the command: one sentence, no stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Writes the next migration, from what the migrations make to what `schema.prisma` says, and returns
 * its file; undefined, and nothing written, if there is no difference. Read it before you commit it:
 * a column that was renamed looks like one dropped and one added.
 */
export async function writeMigration(options: NewMigration): Promise<string | undefined> {
  const { name, empty = false, prismaDir = defaultPrismaDir(), now = new Date() } = options;
  if (!/^[a-z0-9_]{1,100}$/.test(name)) {
    throw new UsageError(
      "A migration's name says what it does in lower-case letters, digits and underscores: npm run db:migration -- add_task_color",
    );
  }
  const sql = await schemaDrift(prismaDir);
  if (sql === "" && !empty) return undefined;

  const migrations = join(prismaDir, "migrations");
  const dir = join(migrations, `${stampAfter(await readdir(migrations), now)}_${name}`);
  await mkdir(dir);
  const file = join(dir, "migration.sql");
  await writeFile(file, sql === "" ? "-- To be filled by hand.\n" : `${sql}\n`);
  return file;
}

/** Prisma applies in the order of names: a clock that lags must not put a migration before another. */
function stampAfter(names: string[], now: Date): string {
  const last = names.map((name) => /^\d{14}/.exec(name)?.[0] ?? "").reduce(later, "");
  const stamp = digits(now);
  if (stamp > last) return stamp;
  const at = last.replace(/^(....)(..)(..)(..)(..)(..)$/, "$1-$2-$3T$4:$5:$6Z");
  return digits(new Date(Date.parse(at) + 1_000));
}

const later = (a: string, b: string) => (a > b ? a : b);
const digits = (date: Date) => date.toISOString().replace(/\D/g, "").slice(0, 14);
