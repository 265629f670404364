import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { schemaDrift, UsageError, writeMigration } from "../src/migrations.ts";
import { copyOfPrismaDir } from "./support/temp-dir.ts";

// Each makes a database in memory or two.
const timeout = 60_000;

function addColumn(prismaDir: string): void {
  const file = join(prismaDir, "schema.prisma");
  const schema = readFileSync(file, "utf8");
  const changed = schema.replace("model Task {", "model Task {\n  color String?");
  expect(changed).not.toBe(schema);
  writeFileSync(file, changed);
}

test("the migrations make what schema.prisma says", { timeout }, async () => {
  expect(await schemaDrift(), "Run: npm run db:migration -- NAME").toBe("");
});

test("a changed schema becomes the next migration, once", { timeout }, async () => {
  const prismaDir = copyOfPrismaDir();
  addColumn(prismaDir);
  expect(await schemaDrift(prismaDir)).toContain(`ALTER TABLE "task" ADD COLUMN     "color" TEXT`);

  const now = new Date("2999-01-02T03:04:05Z");
  const file = await writeMigration({ name: "add_color", prismaDir, now });
  expect(file).toBe(join(prismaDir, "migrations/29990102030405_add_color/migration.sql"));
  expect(await schemaDrift(prismaDir)).toBe("");
  expect(await writeMigration({ name: "again", prismaDir, now })).toBeUndefined();
});

test("a clock that lags does not put a migration before the last one", { timeout }, async () => {
  const prismaDir = copyOfPrismaDir();
  const migrations = () => readdirSync(join(prismaDir, "migrations")).filter((n) => /^\d/.test(n));
  const before = migrations();
  const now = new Date("2001-01-01T00:00:00Z");
  await writeMigration({ name: "by_hand", empty: true, prismaDir, now });
  expect(migrations().sort().slice(0, -1)).toEqual(before);
  expect(migrations().sort().at(-1)).toMatch(/^\d{14}_by_hand$/);
});

test("a name that is missing or unfit is refused in a sentence", async () => {
  for (const name of ["", "Add Color", "../up", "a-b"]) {
    await expect(writeMigration({ name })).rejects.toThrow(UsageError);
  }
});
