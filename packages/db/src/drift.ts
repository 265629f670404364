import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { applyMigrations } from "./migrate.ts";
import { defaultPrismaDir } from "./migrations-dir.ts";
import { createPglite } from "./pglite.ts";
import { servePrivately } from "./private-server.ts";
import { withSchemaEngine } from "./schema-engine.ts";

/**
 * The SQL that would bring a database made by the migrations to what `schema.prisma` says; "" when
 * they are in step. It runs the migrations in a database in memory that is thrown away, so it needs
 * no server and no shadow database on one.
 *
 * `prismaDir` is the folder of `schema.prisma` and `migrations/`.
 */
export async function schemaDrift(prismaDir = defaultPrismaDir()): Promise<string> {
  const content = await readFile(join(prismaDir, "schema.prisma"), "utf8");
  const files = [{ path: "schema.prisma", content }];
  const scratch = await servePrivately(await createPglite());
  try {
    await applyMigrations(scratch.url, join(prismaDir, "migrations"));
    const { stdout } = await withSchemaEngine(
      scratch.url,
      (engine) =>
        engine.diff({
          from: { tag: "schemaDatasource", files, configDir: prismaDir },
          to: { tag: "schemaDatamodel", files },
          script: true,
          exitCode: null,
          filters: { externalTables: [], externalEnums: [] },
        }),
      content,
    );
    const sql = stdout?.trim() ?? "";
    return sql === "-- This is an empty migration." ? "" : sql;
  } finally {
    await scratch.close();
  }
}
