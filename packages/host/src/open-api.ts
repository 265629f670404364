import { createApi } from "@taskbridge/api";
import { createVerifier, type KeySetSource } from "@taskbridge/bridge";
import {
  createLeasedLimit,
  createScope,
  createSharedLimits,
  type Db,
  foldTaskDeltas,
  followRevocations,
  purgeDeletedTasks,
  purgeEndedSessions,
  purgeIdempotencyRecords,
  purgeRateLimits,
} from "@taskbridge/db";
import { answeringHealth } from "./health.ts";
import { cursorKeyOf, type TokenKeys } from "./keys.ts";
import { log } from "./log/log.ts";
import { reportError } from "./report.ts";
import type { Handle } from "./responding.ts";
import { startSweeping } from "./sweeping.ts";

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
}

/** What answers below `/api`. */
export interface OpenedApi {
  handle: Handle;
  /** Ends what it does in the background; the database is its owner's to close. */
  close: () => Promise<void>;
}

/**
 * Both doors as every host opens them: with what follows which sessions end, counts the calls and
 * removes what has had its time. Resolves once it knows all ended sessions: before that no token can be
 * trusted.
 */
export async function openApi(options: OpenApiOptions): Promise<OpenedApi> {
  const { db, databaseUrl, issuer, jwks, key, previousKeys, callsPerMinute } = options;
  const revocations = await followRevocations(databaseUrl, {
    onError: (error) =>
      log("error", "The database is out of reach: tokens will be refused.", {}, error),
  });
  const { isRevoked } = revocations;
  const api = createApi({
    verifier: createVerifier({ ...(jwks ? { jwks } : { key, previousKeys }), issuer, isRevoked }),
    cursorKey: await cursorKeyOf(key),
    previousCursorKeys: await Promise.all(previousKeys.map(cursorKeyOf)),
    scopeOf: (access) => createScope(db, access),
    reportError,
    limiter: callsPerMinute
      ? createLeasedLimit(createSharedLimits(db), { max: callsPerMinute, windowSeconds: 60 })
      : undefined,
  });
  const sweeping = startSweeping(
    [
      () => purgeDeletedTasks(db, new Date()),
      () => purgeIdempotencyRecords(db, new Date()),
      () => purgeRateLimits(db),
      () => purgeEndedSessions(db),
      () => foldTaskDeltas(db),
    ],
    (error) => log("error", "What is due to be removed could not be.", {}, error),
  );
  return {
    handle: answeringHealth(api.reply, revocations),
    close: async () => {
      await sweeping.stop();
      await revocations.stop();
    },
  };
}
