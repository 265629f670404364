import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findLeftBehind } from "../src/host/store.ts";

const databaseUrl = "postgresql://a/b";

/** A folder with a filled `.data`, and others beside it. */
function filledRoot(): string {
  const root = mkdtempSync(join(tmpdir(), "taskbridge-test-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const name of [".data", "filled"]) {
    mkdirSync(join(root, name, "postgres"), { recursive: true });
    writeFileSync(join(root, name, "postgres/PG_VERSION"), "18\n");
  }
  return root;
}

test("a start that leaves a filled database aside says which, and what to do", async () => {
  const root = filledRoot();
  const said = (name: string, url?: string) =>
    findLeftBehind({ root, dataDir: join(root, name), databaseUrl: url });
  expect(await said(".data", databaseUrl)).toMatch(/\.data is left behind: npm run db:move/);
  expect(await said("new")).toMatch(/new, and the one in .*\.data is left behind: take DATA_DIR/);
  for (const name of [".data", "filled"]) expect(await said(name)).toBeUndefined();
  expect(await said("new", databaseUrl)).toBeUndefined();
});
