import { join } from "node:path";
import { checkMigrated, checkWalls, createDb, openDatabase } from "@taskbridge/db";
import {
  compareKeys,
  hideSecrets,
  logWaiting,
  type OpenedApi,
  openApi,
  withoutSignIn,
} from "@taskbridge/host";
import type { Settings } from "./env.ts";

/**
 * Both doors on the web host's database. It changes nothing about it: a database that lacks migrations, or
 * would not keep users apart, is refused with one sentence.
 */
export async function openHost(settings: Settings): Promise<OpenedApi> {
  const { databaseUrl, requestDatabaseUrl: requestUrl, keys, secrets, jwksUrl, baseUrl } = settings;
  const { rateLimit, apiRateLimit, maxTasksPerUser, corsOrigins } = settings;
  hideSecrets(keys, secrets, [databaseUrl, requestUrl]);
  await openDatabase({ url: databaseUrl, dataDir: "", requestUrl, onWaiting: logWaiting });
  const db = createDb(databaseUrl, { requestUrl });
  try {
    await checkMigrated(db, join(settings.root, "prisma/migrations"));
    await checkWalls(db);
    await compareKeys(db, keys);
    const api = await openApi({
      ...keys,
      db,
      databaseUrl,
      issuer: baseUrl,
      jwks: jwksUrl,
      callsPerMinute: rateLimit ? apiRateLimit : undefined,
      corsOrigins,
      maxTasks: maxTasksPerUser,
    });
    return {
      handle: withoutSignIn(api.handle),
      close: async () => {
        await api.close();
        await db.close();
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}
