import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const all = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

/** A folder with the migrations up to one, as an older version had them. */
export function migrationsUpTo(last: string): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), "taskbridge-migrations-"));
  for (const name of readdirSync(all)) {
    if (!/^\d/.test(name) || name <= last)
      cpSync(join(all, name), join(dir, name), { recursive: true });
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
