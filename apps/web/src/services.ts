import {
  type ApiRequest,
  answerFailure,
  checkDeclaredLength,
  MAX_FORM_BYTES,
  type Reply,
  rebuilt,
  withBoundedBody,
} from "@taskbridge/api";
import { type Auth, createAuth } from "@taskbridge/auth";
import type { Db } from "@taskbridge/db";
import { type Handle, log, reportError } from "@taskbridge/host";
import { readSettings, type Settings } from "./env.ts";
import { tellAppAddress, tellingOfOrigins } from "./host/refused-origins.ts";
import { connectStore, openApiOver, openStore } from "./host/store.ts";
import type { Told } from "./host/told.ts";

export interface Services {
  auth: Auth;
  settings: Settings;
  /** Answers everything below `/api`. */
  handle: Handle;
  /** Closes the database, and stops it where it is embedded. */
  close: () => Promise<void>;
}

const holder = globalThis as typeof globalThis & { taskbridge?: Promise<Services> };

/**
 * The one set of services in this thread: the first call opens it, in the pages' thread with what that was
 * told. Kept on the global object because Next bundles its own copy of this module beside the host's.
 */
export function services(told?: Told): Promise<Services> {
  holder.taskbridge ??= openServices(told).catch((error: unknown) => {
    holder.taskbridge = undefined;
    throw error;
  });
  return holder.taskbridge;
}

async function openServices(told: Told | undefined): Promise<Services> {
  const settings = { ...readSettings(), ...told };
  const store = await (told ? connectStore : openStore)(settings);
  try {
    const auth = openAuth(store.db, settings);
    const api = await openApiOver(store, settings, auth.publicKeys);
    const tellOfOrigin = tellingOfOrigins(settings.baseUrl, log);
    return {
      auth,
      settings,
      handle: (request, url) =>
        url.pathname.startsWith("/api/auth/")
          ? handleAuth(request, async (asked) =>
              tellAppAddress(await auth.handler(asked), settings.baseUrl, () =>
                tellOfOrigin(asked),
              ),
            )
          : api.handle(request, url),
      close: async () => {
        await api.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
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
    sessionMaxDays: settings.sessionMaxDays,
    trustedOrigins: settings.trustedOrigins,
    log: (level, message, error) => {
      // Said by `tellingOfOrigins`, once for each.
      if (message.startsWith("Invalid origin:")) return;
      log(level === "error" ? "error" : "warn", message, { source: "better-auth" }, error);
    },
  });

/** Better Auth would read a body of any size, before it knows who sends it. */
async function handleAuth(
  request: ApiRequest,
  handle: (request: Request) => Promise<Response>,
): Promise<Reply | Response> {
  try {
    checkDeclaredLength(request.headers, MAX_FORM_BYTES);
    const asked = request instanceof Request ? request : rebuilt(request);
    return await handle(withBoundedBody(asked, { limit: MAX_FORM_BYTES }));
  } catch (error) {
    return answerFailure(error, request, reportError);
  }
}
