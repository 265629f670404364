import { setTimeout } from "node:timers/promises";
import { createApi } from "@taskbridge/api";
import { createVerifier, type KeySetSource } from "@taskbridge/bridge";
import {
  checkWalls,
  createLeasedLimit,
  createScope,
  createSharedLimits,
  type Db,
  foldTaskDeltas,
  followRevocations,
  onNewConnection,
  purgeDeletedTasks,
  purgeEndedSessions,
  purgeExcessDeletedTasks,
  purgeIdempotencyRecords,
  purgeRateLimits,
} from "@taskbridge/db";
import { startTextRewrite } from "@taskbridge/tasks";
import { withCors } from "./cors.ts";
import { answeringHealth } from "./health.ts";
import { cursorKeyOf, type TokenKeys } from "./keys.ts";
import { log } from "./log/log.ts";
import { reportError } from "./report.ts";
import type { Handle } from "./responding.ts";
import { startSweeping } from "./sweeping.ts";
import { watchWalls } from "./wall-watch.ts";

/** What runs in the background may take so long to end. */
const END_WITHIN_MS = 2_000;

export interface OpenApiOptions extends TokenKeys {
  /** A database that has all migrations and whose walls stand, and its address. */
  db: Db;
  databaseUrl: string;
  /** The origin that issues the tokens. */
  issuer: string;
  /** The public keys, where tokens are signed with EdDSA; the derived keys verify them where there are none. */
  jwks?: KeySetSource | undefined;
  /** How many calls a user may make in a minute, in all processes together; none: any number. */
  callsPerMinute?: number | undefined;
  /** Origins whose pages may call the API; none by default. */
  corsOrigins?: readonly string[] | undefined;
  /** How many tasks a user may have, and how many deleted ones are kept besides. */
  maxTasks: number;
}

/** What answers below `/api`. */
export interface OpenedApi {
  handle: Handle;
  /**
   * Ends what it does in the background, which loses nothing where a silent database leaves it unfinished; the
   * database is its owner's to close.
   */
  close: () => Promise<void>;
}

/**
 * Both doors as every host opens them: with what follows which sessions end, counts the calls and
 * removes what has had its time. Resolves once it knows all ended sessions: before that no token can be
 * trusted.
 */
export async function openApi(options: OpenApiOptions): Promise<OpenedApi> {
  const { db, databaseUrl, issuer, jwks, key, previousKeys, callsPerMinute, maxTasks } = options;
  const { corsOrigins = [] } = options;
  const revocations = await followRevocations(databaseUrl, {
    onError: (error) =>
      log("error", "The database is out of reach: tokens will be refused.", {}, error),
  });
  const { isRevoked } = revocations;
  const walls = watchWalls({
    check: () => checkWalls(db, { newConnections: 0 }),
    onChange: (stands, error) =>
      stands && !error
        ? log("warn", "Requests are kept apart again, and answered.")
        : log(
            "error",
            stands
              ? "The walls between users could not be looked at."
              : "Requests are refused until this is mended.",
            {},
            error,
          ),
  });
  const unheard = onNewConnection(db, walls.suspect);
  const api = createApi({
    verifier: createVerifier({ ...(jwks ? { jwks } : { key, previousKeys }), issuer, isRevoked }),
    cursorKey: await cursorKeyOf(key),
    previousCursorKeys: await Promise.all(previousKeys.map(cursorKeyOf)),
    scopeOf: (access) => createScope(db, access),
    reportError: (error, where) => {
      walls.suspect();
      reportError(error, where);
    },
    maxTasks,
    limiter: callsPerMinute
      ? createLeasedLimit(createSharedLimits(db), { max: callsPerMinute, windowSeconds: 60 })
      : undefined,
  });
  const sweeping = startSweeping(
    [
      () => purgeDeletedTasks(db, new Date()),
      () => purgeExcessDeletedTasks(db, maxTasks),
      () => purgeIdempotencyRecords(db, new Date()),
      () => purgeRateLimits(db),
      () => purgeEndedSessions(db),
      () => foldTaskDeltas(db),
    ],
    (error) => log("error", "What is due to be removed could not be.", {}, error),
  );
  const rewriting = startTextRewrite(db, (error) =>
    log("error", "Tasks could not be written anew for the order and the search.", {}, error),
  );
  return {
    handle: answeringHealth(withCors(api.reply, corsOrigins), {
      isRevoked,
      wallStands: walls.stands,
    }),
    close: async () => {
      unheard();
      const ended = Promise.all([
        walls.stop(),
        sweeping.stop(),
        rewriting.stop(),
        revocations.stop(),
      ]);
      await Promise.race([ended, setTimeout(END_WITHIN_MS, undefined, { ref: false })]);
    },
  };
}
