// `npm run db:backup [FILE]`: copies the embedded database into one file, also while the app runs.

import { readDatabaseSettings } from "../apps/web/src/env.ts";
import { backUpEmbedded, DataDirError } from "../packages/db/src/embedded-commands.ts";
import { forTheReader } from "./lib/setup.mjs";

try {
  const { databaseUrl, dataDir } = readDatabaseSettings();
  if (databaseUrl) {
    throw new DataDirError(
      "DATABASE_URL names a server: back that up with pg_dump, as docs/guides/host-it.md says.",
    );
  }
  const stamp = new Date().toISOString().slice(0, 19).replace(/\D/g, "");
  const file = process.argv[2] ?? `taskbridge-${stamp}.tar.gz`;
  await backUpEmbedded(dataDir, file);
  console.log(
    `Copied the database in ${dataDir} to ${file}. It holds password hashes: keep it safe.`,
  );
} catch (error) {
  console.error(forTheReader(error));
  process.exitCode = 1;
}
