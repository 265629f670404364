import { join } from "node:path";
import {
  applyMigrations,
  checkOwnership,
  checkWalls,
  createDb,
  type Db,
  hasCluster,
  mendRights,
  openDatabase,
} from "@taskbridge/db";
import {
  checkSecret,
  hideSecrets,
  keysOf,
  log,
  logWaiting,
  type OpenedApi,
  openApi,
  type TokenKeys,
  withCors,
} from "@taskbridge/host";
import type { Settings } from "../env.ts";

/** The database, with all migrations and its walls standing, and the keys of the access tokens. */
export interface Store {
  db: Db;
  url: string;
  keys: TokenKeys;
  /** Stops the database where it is embedded. */
  close: () => Promise<void>;
}

/** Brings the database to what this version expects. Rejects where it would not keep users apart. */
export async function openStore(settings: Settings): Promise<Store> {
  const leftBehind = await findLeftBehind(settings);
  if (leftBehind) log("warn", leftBehind);
  const store = await connectStore(settings);
  try {
    await checkOwnership(store.url);
    await applyMigrations(store.url, join(settings.root, "prisma/migrations"));
    const mended = await mendRights(store.db);
    if (mended.length > 0)
      log("warn", "Requests lacked rights, which were set again.", { mended: mended.join("; ") });
    await checkWalls(store.db);
    await checkSecret(store.db, store.keys, { isFresh: settings.isSecretFresh });
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

/** The same, where somebody has opened it already. */
export async function connectStore(settings: Settings): Promise<Store> {
  const {
    secret,
    previousSecrets,
    databaseUrl,
    requestDatabaseUrl: requestUrl,
    dataDir,
  } = settings;
  const database = await openDatabase({
    url: databaseUrl,
    requestUrl,
    dataDir,
    onWaiting: logWaiting,
    onRestart: (reason) =>
      log("error", `The embedded database ended and is opened again: ${reason}.`),
    onFull: (full) => {
      if (full)
        log("error", `The disk with ${dataDir} is full: nothing can be written until it has room.`);
      else log("warn", `The disk with ${dataDir} has room again.`);
    },
  });
  const keys = await keysOf(secret, previousSecrets);
  hideSecrets(keys, [secret, ...previousSecrets], [databaseUrl, requestUrl]);
  const db = createDb(database.url, { requestUrl });
  const close = async () => {
    await db.close();
    await database.close();
  };
  return { db, url: database.url, keys, close };
}

/** Both doors over this database, or the way to where they are (`API_URL`). */
export async function openApiOver(
  { db, url, keys }: Store,
  { algorithm, apiUrl, apiRateLimit, baseUrl, corsOrigins, maxTasksPerUser, rateLimit }: Settings,
  publicKeys: Parameters<typeof openApi>[0]["jwks"],
): Promise<OpenedApi> {
  // Only here: who answers by itself need not load what passes on.
  if (apiUrl) {
    const api = (await import("../pass-on.ts")).passingOn(apiUrl);
    return { ...api, handle: withCors(api.handle, corsOrigins) };
  }
  return openApi({
    ...keys,
    db,
    databaseUrl: url,
    issuer: baseUrl,
    jwks: algorithm === "EdDSA" ? publicKeys : undefined,
    callsPerMinute: rateLimit ? apiRateLimit : undefined,
    corsOrigins,
    maxTasks: maxTasksPerUser,
  });
}

/** A sentence on data that people may look for in vain; undefined where there is none. */
export async function findLeftBehind({
  databaseUrl,
  dataDir,
  root,
}: Pick<Settings, "databaseUrl" | "dataDir" | "root">): Promise<string | undefined> {
  if (databaseUrl) {
    if (!(await hasCluster(dataDir))) return undefined;
    return `DATABASE_URL is set, and the embedded database in ${dataDir} is left behind: npm run db:move copies its accounts and tasks to an empty database. Rename that folder to hear no more of it.`;
  }
  const usual = join(root, ".data");
  if (dataDir === usual || (await hasCluster(dataDir)) || !(await hasCluster(usual)))
    return undefined;
  return `A new database is made in ${dataDir}, and the one in ${usual} is left behind: take DATA_DIR out of the settings to use that one, or stop the app and move what is in that folder there.`;
}
