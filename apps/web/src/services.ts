import { join } from "node:path";
import {
  type ApiDeps,
  answerFailure,
  checkDeclaredLength,
  createApi,
  createPageCaller,
  type PageCaller,
  type ReportError,
  withBoundedBody,
} from "@taskbridge/api";
import { type Auth, createAuth } from "@taskbridge/auth";
import { createVerifier, deriveKey, deriveSubkey } from "@taskbridge/bridge";
import {
  applyMigrations,
  checkWalls,
  createDb,
  createLeasedLimit,
  createScope,
  createSharedLimits,
  type Db,
  followRevocations,
  openDatabase,
  purgeDeletedTasks,
  purgeIdempotencyRecords,
  purgeRateLimits,
  type RevocationFollower,
} from "@taskbridge/db";
import { readSettings, type Settings } from "./env.ts";
import { log } from "./log.ts";
import { hideAlways } from "./redact.ts";
import { apiHeaders } from "./security-headers.ts";
import { startSweeping } from "./sweeping.ts";

export interface Services {
  auth: Auth;
  settings: Settings;
  /** The API's procedures, for pages that are drawn with what they read. */
  callAs: PageCaller;
  /** Answers everything below `/api`. */
  handle: (request: Request) => Promise<Response>;
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
  const { secret, previousSecrets, baseUrl, algorithm } = settings;
  const database = await openDatabase({ url: settings.databaseUrl, dataDir: settings.dataDir });
  await hideSecrets(settings);
  const db = createDb(database.url);
  const revocations = await prepare(db, database.url, settings).catch(async (error: unknown) => {
    await db.close();
    await database.close();
    throw error;
  });
  const auth = createAuth({
    db,
    secret,
    previousSecrets,
    baseUrl,
    algorithm,
    trustedOrigins: settings.trustedOrigins,
    rateLimit: settings.rateLimit,
    log: (level, message, error) =>
      log(level === "error" ? "error" : "warn", message, { source: "better-auth" }, error),
  });
  const deps: ApiDeps = {
    verifier: createVerifier({
      ...(algorithm === "EdDSA" ? { jwks: auth.publicKeys } : { secret, previousSecrets }),
      issuer: baseUrl,
      isRevoked: revocations.isRevoked,
    }),
    cursorKey: await cursorKeyOf(secret),
    previousCursorKeys: await Promise.all(previousSecrets.map(cursorKeyOf)),
    scopeOf: (access) => createScope(db, access),
    reportError,
    limiter: settings.rateLimit
      ? createLeasedLimit(createSharedLimits(db), {
          max: settings.apiRateLimit,
          windowSeconds: 60,
        })
      : undefined,
  };
  const api = createApi(deps);

  const secured = Object.entries(apiHeaders(settings));
  const sweeping = startSweeping(
    [
      () => purgeDeletedTasks(db, new Date()),
      () => purgeIdempotencyRecords(db, new Date()),
      () => purgeRateLimits(db),
    ],
    (error) => log("error", "What is due to be removed could not be.", {}, error),
  );

  return {
    auth,
    settings,
    callAs: createPageCaller(deps),
    handle: async (request) => {
      const isAuth = new URL(request.url).pathname.startsWith("/api/auth/");
      const response = await (isAuth ? handleAuth(auth, request) : api.fetch(request));
      for (const [name, value] of secured) response.headers.set(name, value);
      return response;
    },
    close: async () => {
      await sweeping.stop();
      await revocations.stop();
      await db.close();
      await database.close();
    },
  };
}

const cursorKeyOf = async (secret: string) =>
  deriveSubkey(await deriveKey(secret), "taskbridge/cursor/v1");

const reportError: ReportError = (error, where) =>
  log("error", "A request failed unexpectedly.", { ...where }, error);

/** Better Auth would read a body of any size, before it knows who sends it. */
async function handleAuth(auth: Auth, request: Request): Promise<Response> {
  try {
    checkDeclaredLength(request.headers);
    return await auth.handler(withBoundedBody(request));
  } catch (error) {
    return answerFailure(error, request, reportError);
  }
}

/** Whatever an error quotes, these never reach the log. */
async function hideSecrets({ secret, previousSecrets, databaseUrl }: Settings): Promise<void> {
  for (const value of [secret, ...previousSecrets]) {
    const key = Buffer.from(await deriveKey(value));
    hideAlways(
      value,
      ...(["base64url", "base64", "hex"] as const).map((form) => key.toString(form)),
    );
  }
  if (!databaseUrl) return;
  hideAlways(databaseUrl);
  // pg also takes a socket's path, which has no password.
  if (URL.canParse(databaseUrl)) hideAlways(decodeURIComponent(new URL(databaseUrl).password));
}

/** Migrates, and begins to follow which sessions end: before that no token can be trusted. */
async function prepare(db: Db, url: string, settings: Settings): Promise<RevocationFollower> {
  await applyMigrations(url, join(settings.root, "prisma/migrations"));
  await checkWalls(db);
  return await followRevocations(url, {
    onError: (error) =>
      log("error", "The database is out of reach: tokens will be refused.", {}, error),
  });
}
