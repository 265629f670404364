import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MigrationList } from "@prisma/schema-engine-wasm";

/** The folder that holds `schema.prisma` and `migrations/`, as seen from this source file. */
export const defaultPrismaDir = () =>
  join(dirname(fileURLToPath(import.meta.url)), "../../../prisma");

/** Reads a folder of migrations, in Prisma's layout, oldest first. */
export async function readMigrations(dir: string): Promise<MigrationList> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => {
    throw new Error(`There is no folder of migrations at ${dir}.`);
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: dir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(join(dir, "migration_lock.toml"), "utf8").catch(() => null),
    },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.sort().map(async (path) => ({
        path,
        migrationFile: {
          path: "migration.sql",
          content: {
            tag: "ok" as const,
            value: await readFile(join(dir, path, "migration.sql"), "utf8"),
          },
        },
      })),
    ),
  };
}
