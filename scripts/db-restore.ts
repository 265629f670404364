// `npm run db:restore FILE`: puts a copy that `npm run db:backup` made in the embedded database's place.

import { readDatabaseSettings } from "../apps/web/src/env.ts";
import { DataDirError, restoreEmbedded } from "../packages/db/src/embedded-commands.ts";
import { forTheReader } from "./lib/setup.mjs";

try {
  const { databaseUrl, dataDir } = readDatabaseSettings();
  const [, , file] = process.argv;
  if (databaseUrl) {
    throw new DataDirError(
      "DATABASE_URL names a server: restore that with pg_restore, as docs/guides/host-it.md says.",
    );
  }
  if (!file) throw new DataDirError("Say which copy: npm run db:restore FILE");
  const former = await restoreEmbedded(dataDir, file);
  console.log(
    `Restored ${file} into ${dataDir}.${former ? ` What was there is in ${former}.` : ""}`,
  );
} catch (error) {
  console.error(forTheReader(error));
  process.exitCode = 1;
}
