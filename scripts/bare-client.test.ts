import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

// The first wall is of no use to code that can walk around it: lint sees who can.
const biome = fileURLToPath(new URL("../node_modules/@biomejs/biome/bin/biome", import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "taskbridge-lint-"));
  const rules = JSON.parse(readFileSync(new URL("../biome.json", import.meta.url), "utf8"));
  const { $schema: _, vcs: __, ...alone } = rules;
  writeFileSync(join(folder, "biome.json"), JSON.stringify(alone));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Whether a file may import what it does. */
function passes(path: string, source: string): boolean {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
  const args = [biome, "lint", "--only=style/noRestrictedImports", path];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0 && !stderr.includes("noRestrictedImports")) throw new Error(stderr);
  return status === 0;
}

test.each([
  'import { bareClient } from "@taskbridge/db/bare-client";\nbareClient;\n',
  'export { bareClient } from "@taskbridge/db/bare-client";\n',
  'const { bareClient } = await import("@taskbridge/db/bare-client");\nbareClient;\n',
  'import pg from "pg";\npg;\n',
  'import { poolOf } from "../../../packages/db/src/client.ts";\npoolOf;\n',
  'import { PrismaClient } from "@prisma/client";\nPrismaClient;\n',
])("outside packages/db and packages/auth lint refuses %j", (source) => {
  for (const place of ["apps/web/src", "packages/api/src", "packages/tasks/src"]) {
    expect(passes(`${place}/new.ts`, source)).toBe(false);
  }
  expect(passes("packages/auth/src/new.ts", source)).toBe(true);
});

test("what the rest of the code imports is let through", () => {
  const source = 'import { createScope } from "@taskbridge/db";\ncreateScope;\n';
  expect(passes("packages/api/src/new.ts", source)).toBe(true);
});
