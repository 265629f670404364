import { join } from "node:path";
import {
  type ApiRequest,
  answerFailure,
  checkDeclaredLength,
  type PageCaller,
  type Reply,
  rebuilt,
  withBoundedBody,
} from "@taskbridge/api";
import { type Auth, createAuth } from "@taskbridge/auth";
import { applyMigrations, checkWalls, createDb, type Db, openDatabase } from "@taskbridge/db";
import {
  type Handle,
  hideSecrets,
  keysOf,
  log,
  openApi,
  reportError,
  securing,
  type TokenKeys,
} from "@taskbridge/host";
import { readSettings, type Settings } from "./env.ts";

export interface Services {
  auth: Auth;
  settings: Settings;
  /** The API's procedures, for pages that are drawn with what they read; none where the API is elsewhere. */
  callAs: PageCaller | undefined;
  /** Answers everything below `/api`. */
  handle: Handle;
  /** Closes the database, and stops it where it is embedded. */
  close: () => Promise<void>;
}

const holder = globalThis as typeof globalThis & { taskbridge?: Promise<Services> };

/**
 * The one set of services in this process. Kept on the global object because Next bundles its own
 * copy of this module beside the host's.
 */
export function services(): Promise<Services> {
  holder.taskbridge ??= openServices(readSettings()).catch((error: unknown) => {
    holder.taskbridge = undefined;
    throw error;
  });
  return holder.taskbridge;
}

async function openServices(settings: Settings): Promise<Services> {
  const { secret, previousSecrets, databaseUrl, dataDir } = settings;
  const database = await openDatabase({ url: databaseUrl, dataDir });
  const keys = await keysOf(secret, previousSecrets);
  hideSecrets(keys, [secret, ...previousSecrets], databaseUrl);
  const db = createDb(database.url);
  const closeDatabase = async () => {
    await db.close();
    await database.close();
  };
  try {
    await applyMigrations(database.url, join(settings.root, "prisma/migrations"));
    await checkWalls(db);
    const auth = openAuth(db, settings);
    const api = settings.apiUrl
      ? // Only here: who answers by itself need not load what passes on.
        (await import("./pass-on.ts")).passingOn(settings.apiUrl)
      : await openOwnApi({ db, url: database.url, auth, keys }, settings);
    return {
      auth,
      settings,
      callAs: api.callAs,
      handle: securing(
        (request, url) =>
          url.pathname.startsWith("/api/auth/")
            ? handleAuth(auth, request)
            : api.handle(request, url),
        settings,
      ),
      close: async () => {
        await api.close();
        await closeDatabase();
      },
    };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

const openAuth = (db: Db, { rateLimit, ...settings }: Settings) =>
  createAuth({
    db,
    rateLimit,
    secret: settings.secret,
    previousSecrets: settings.previousSecrets,
    baseUrl: settings.baseUrl,
    algorithm: settings.algorithm,
    trustedOrigins: settings.trustedOrigins,
    log: (level, message, error) =>
      log(level === "error" ? "error" : "warn", message, { source: "better-auth" }, error),
  });

const openOwnApi = (
  { db, url, auth, keys }: { db: Db; url: string; auth: Auth; keys: TokenKeys },
  { algorithm, baseUrl, rateLimit, apiRateLimit }: Settings,
) =>
  openApi({
    ...keys,
    db,
    databaseUrl: url,
    issuer: baseUrl,
    jwks: algorithm === "EdDSA" ? auth.publicKeys : undefined,
    callsPerMinute: rateLimit ? apiRateLimit : undefined,
  });

/** Better Auth would read a body of any size, before it knows who sends it. */
async function handleAuth(auth: Auth, request: ApiRequest): Promise<Reply | Response> {
  try {
    checkDeclaredLength(request.headers);
    const asked = request instanceof Request ? request : rebuilt(request);
    return await auth.handler(withBoundedBody(asked));
  } catch (error) {
    return answerFailure(error, request, reportError);
  }
}
