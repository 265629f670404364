// `npm run api:types`: the type AppRouter as one declaration file that needs @trpc/server alone, for
// callers outside this repository, to whom our packages and what they build on are of no use.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./lib/setup.mjs";

const out = mkdtempSync(join(tmpdir(), "taskbridge-types-"));
try {
  const tsc = ["--no-install", "tsc", "-p", "packages/api/tsconfig.types.json", "--outDir", out];
  const { status } = spawnSync("npx", tsc, {
    cwd: root,
    // What tsc says is no part of the file.
    stdio: ["ignore", process.stderr, process.stderr],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("The declarations could not be made.");
  console.log(declarationOf(out));
} finally {
  rmSync(out, { recursive: true, force: true });
}

function declarationOf(folder: string): string {
  const find = (file: string, pattern: RegExp) => {
    const found = pattern.exec(readFileSync(join(folder, file), "utf8"));
    if (!found) throw new Error(`${pattern} is not in ${file}.`);
    return found[1] ?? "";
  };
  const fieldError = find("contract/src/errors.d.ts", /^(export interface FieldError \{[^}]*\})/m);
  const router = find(
    "api/src/router/index.d.ts",
    /^export declare const appRouter: ([\s\S]*?;)\nexport /m,
  )
    .replaceAll('import("@taskbridge/contract").FieldError', "FieldError")
    // The server's own; no client sees it.
    .replaceAll('import("../context.ts").Context', "object");
  const foreign = router.match(/import\("(?!@trpc\/server")[^)]*\)/);
  if (foreign)
    throw new Error(`A procedure's type names ${foreign[0]}, which callers do not have.`);
  return `${fieldError}\nexport type AppRouter = ${router}`;
}
