// `npm run db:move`: copies the embedded database's data into the empty one that DATABASE_URL names.

import { readDatabaseSettings } from "../apps/web/src/env.ts";
import { DataDirError, moveData, startEmbedded } from "../packages/db/src/embedded-commands.ts";
import { forTheReader } from "./lib/setup.mjs";

try {
  const { databaseUrl, dataDir } = readDatabaseSettings();
  if (!databaseUrl) throw new DataDirError("Set DATABASE_URL to the database to move to.");
  const embedded = await startEmbedded({ dataDir });
  try {
    const moved = await moveData(embedded.url, databaseUrl);
    console.log(
      `Moved ${moved.user} accounts with ${moved.task} tasks from ${dataDir}. What is there is left as it is.`,
    );
  } finally {
    await embedded.close();
  }
} catch (error) {
  console.error(forTheReader(error));
  process.exitCode = 1;
}
