import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { brokenArrows } from "./arrows.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The manifests alone, in a folder of their own, with one of them changed. */
function brokenBy(folder: string, dependency: string): string[] {
  const copy = mkdtempSync(join(tmpdir(), "taskbridge-arrows-"));
  try {
    for (const parent of ["packages", "apps"]) {
      cpSync(join(root, parent), join(copy, parent), {
        recursive: true,
        filter: (path) => !/node_modules|\.next|src|test|e2e|public/.test(path.slice(root.length)),
      });
    }
    const file = join(copy, folder, "package.json");
    const manifest = JSON.parse(readFileSync(file, "utf8"));
    manifest.dependencies = { ...manifest.dependencies, [dependency]: "1.0.0" };
    writeFileSync(file, JSON.stringify(manifest));
    return brokenArrows(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

test("the arrows are whole", () => {
  expect(brokenArrows(root)).toEqual([]);
});

test.each([
  ["packages/bridge", "zod"],
  ["packages/contract", "@taskbridge/db"],
  ["packages/api", "better-auth"],
  ["packages/api", "@taskbridge/db"],
  ["packages/tasks", "@taskbridge/bridge"],
  ["packages/db", "@taskbridge/web"],
  ["packages/host", "@taskbridge/auth"],
  ["packages/host", "next"],
  ["apps/api", "@taskbridge/auth"],
  ["apps/api", "better-auth"],
  ["apps/web", "@taskbridge/tasks"],
])("%s may not depend on %s", (folder, dependency) => {
  expect(brokenBy(folder, dependency)).toEqual([`${folder} may not depend on ${dependency}.`]);
});
