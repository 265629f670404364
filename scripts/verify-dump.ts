// `npm run db:verify-dump FILE`: whether a dump is whole. It reads it to its end, as pg_restore does, and
// compares its rows with the database's, where DATABASE_URL names one.

import { resolve } from "node:path";
import { readDatabaseSettings } from "../apps/web/src/env.ts";
import { rowCounts } from "../packages/db/src/migrations.ts";
import { DumpError, readDump } from "./lib/dump-rows.ts";
import { judgeDump } from "./lib/judge-dump.ts";
import { forTheReader, SetupError } from "./lib/setup.mjs";

try {
  const [file] = process.argv.slice(2);
  if (!file) throw new SetupError("Usage: npm run db:verify-dump FILE");
  // npm runs this in the repository's folder, wherever it was called.
  const dump = await readDump(resolve(process.env.INIT_CWD ?? "", file));
  const { databaseUrl } = readDatabaseSettings();
  const there = databaseUrl ? await rowCounts(databaseUrl) : undefined;
  const fault = judgeDump(dump, there);
  for (const [name, count] of [...dump.rows].sort()) {
    console.log(
      `${name}: ${count} rows${there ? `, ${there.get(name) ?? 0} in the database now` : ""}`,
    );
  }
  if (fault) throw new DumpError(fault);
  console.log(
    there
      ? "The dump is whole, and has rows of every table that has any."
      : "The dump is whole. DATABASE_URL is not set, so its rows were compared with none.",
  );
} catch (error) {
  console.error(error instanceof DumpError ? error.message : forTheReader(error));
  process.exitCode = 1;
}
