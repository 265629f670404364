import type pg from "pg";
import { type Db, poolOf } from "./client.ts";
import { isForeignKeyViolation, isLockTimeout } from "./driver-error.ts";
import { Prisma } from "./generated/client.ts";
import { ownerIs } from "./owner.ts";
import { inTransaction, runMass, type Statements } from "./statements.ts";
import { within } from "./within.ts";

const { sql } = Prisma;

/** A request that may be sent more than once but must be carried out once. */
export interface KeyedRequest {
  /** The caller's name for it; each user has their own. */
  key: string;
  /** Tells this request from another under the same key. */
  fingerprint: string;
}

/** An answer as it is kept for retries. */
export interface KeptAnswer {
  status: number;
  headers: [name: string, value: string][];
  body: Uint8Array<ArrayBuffer>;
  /** Whether the body refers to rows, which have to be put in for who asks again. */
  refers?: boolean;
}

export type OnceOutcome =
  /** The first answer; `replayed` says that the work was done before. */
  | { kind: "answered"; answer: KeptAnswer; replayed: boolean }
  /** The key stands for another request. */
  | { kind: "key_reused" }
  /** The first request is still at work. */
  | { kind: "in_progress" }
  /** There is no such user (any more). */
  | { kind: "owner_gone" };

type Work = (statements: Statements) => Promise<KeptAnswer>;
type Owned = KeyedRequest & { userId: string };

/** How long an answer is kept. */
const KEEP_MS = 24 * 60 * 60 * 1000;
/** How long a retry waits for the first request to end, in place of some of its own patience. */
const WAIT_MS = 4_000;

/**
 * Carries a request out once, in however many processes and however often at a time it is sent, and
 * gives every sender the first answer.
 *
 * The record of the answer is claimed and filled in the transaction of the work: neither can be there
 * without the other, whenever a process dies, and work that fails leaves the key free. A rival in
 * another process waits at the primary key. A rival in this one waits here, because one that waits at
 * the key keeps a connection from everybody else.
 */
export async function once(pool: pg.Pool, request: Owned, work: Work): Promise<OnceOutcome> {
  const running = runningOn(pool);
  const name = JSON.stringify([request.userId, request.key]);
  const begun = performance.now();
  for (let rival = running.get(name); rival; rival = running.get(name)) {
    const kept = await within(begun + WAIT_MS - performance.now(), rival);
    if (kept === "late") return { kind: "in_progress" };
    if (kept) return outcomeOf({ ...kept, replayed: true }, request);
  }
  const attempt = inTransaction(
    pool,
    request.userId,
    (statements) => claimAndWork(statements, request, work),
    performance.now() - begun,
  ).finally(() => running.delete(name));
  running.set(
    name,
    attempt.catch(() => undefined),
  );
  try {
    return outcomeOf(await attempt, request);
  } catch (error) {
    if (error instanceof NotClaimed) return { kind: error.kind };
    throw error;
  }
}

/** So many answers of each user are kept; those of the last hour are, however many there are. */
const MAX_KEPT = 10_000;

/**
 * Removes the answers that are kept no longer, and of each user the oldest beyond a number; returns how many
 * they were.
 */
export const purgeIdempotencyRecords = (db: Db, now: Date, most = MAX_KEPT): Promise<number> =>
  runMass(
    poolOf(db),
    sql`DELETE FROM "idempotency_record" AS "record" USING (
        SELECT "userId", "key",
          row_number() OVER (PARTITION BY "userId" ORDER BY "expiresAt" DESC, "key") AS "place"
        FROM "idempotency_record"
      ) AS "ranked"
      WHERE ("record"."userId", "record"."key") = ("ranked"."userId", "ranked"."key")
        AND ("record"."expiresAt" <= ${now} OR "place" > ${most}
          AND "record"."expiresAt" <= ${new Date(now.getTime() + KEEP_MS - 3_600_000)})`,
  );

interface Kept {
  fingerprint: string;
  answer: KeptAnswer;
  replayed: boolean;
}

/** Ends the transaction in which nothing can be done. */
class NotClaimed extends Error {
  readonly kind: "in_progress" | "owner_gone";

  constructor(kind: NotClaimed["kind"]) {
    super(kind);
    this.kind = kind;
  }
}

/** What is under way in this process, by database. */
const running = new WeakMap<pg.Pool, Map<string, Promise<Kept | undefined>>>();

function runningOn(pool: pg.Pool) {
  const known = running.get(pool) ?? new Map<string, Promise<Kept | undefined>>();
  running.set(pool, known);
  return known;
}

async function claimAndWork(statements: Statements, request: Owned, work: Work): Promise<Kept> {
  const { userId, key, fingerprint } = request;
  const own = sql`${ownerIs(userId)} AND "key" = ${key}`;
  await statements.run(sql`SELECT set_config('lock_timeout', ${`${WAIT_MS}ms`}, true)`);
  if (await claim(statements, request)) {
    const answer = { refers: false, ...(await work(statements)) };
    await statements.run(sql`UPDATE "idempotency_record"
      SET "status" = ${answer.status}, "headers" = ${JSON.stringify(answer.headers)}::jsonb,
        "body" = ${answer.body}, "refers" = ${answer.refers} WHERE ${own}`);
    return { fingerprint, answer, replayed: false };
  }
  const { rows } = await statements.run(
    sql`SELECT "fingerprint", "status", "headers", "body", "refers" FROM "idempotency_record" WHERE ${own}`,
  );
  const [kept] = rows as (KeptAnswer & { fingerprint: string })[];
  if (!kept) throw new Error("A key that is taken has a record.");
  const { fingerprint: first, body, ...answer } = kept;
  // pg gives a Buffer, whose memory is not its own.
  return { fingerprint: first, answer: { ...answer, body: new Uint8Array(body) }, replayed: true };
}

/** Whether the key is this request's now: it was free, or its answer is kept no longer. */
async function claim(statements: Statements, { userId, key, fingerprint }: Owned) {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + KEEP_MS);
  const record = sql`INSERT INTO "idempotency_record" AS "kept"
      ("userId", "key", "fingerprint", "expiresAt")
    VALUES (${userId}, ${key}, ${fingerprint}, ${expiresAt})
    ON CONFLICT ("userId", "key") DO UPDATE
      SET "fingerprint" = EXCLUDED."fingerprint", "expiresAt" = EXCLUDED."expiresAt"
      WHERE "kept"."expiresAt" <= ${now}`;
  try {
    return (await statements.run(record)).count > 0;
  } catch (error) {
    if (isLockTimeout(error)) throw new NotClaimed("in_progress");
    if (isForeignKeyViolation(error)) throw new NotClaimed("owner_gone");
    throw error;
  }
}

function outcomeOf({ fingerprint, answer, replayed }: Kept, request: KeyedRequest): OnceOutcome {
  if (fingerprint !== request.fingerprint) return { kind: "key_reused" };
  return { kind: "answered", answer, replayed };
}
