import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { defaultPrismaDir } from "../../src/migrations-dir.ts";

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "taskbridge-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A copy of schema and migrations that a test may change. */
export function copyOfPrismaDir(): string {
  const dir = tempDir();
  cpSync(defaultPrismaDir(), dir, { recursive: true });
  return dir;
}
