import type { Db } from "./client.ts";
import { isForeignKeyViolation } from "./driver-error.ts";
import type { Prisma } from "./generated/client.ts";
import { isLockTimeout } from "./unavailable.ts";

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

type Transaction = Prisma.TransactionClient;
type Work = (tx: Transaction) => Promise<KeptAnswer>;
type Owned = KeyedRequest & { userId: string };

/** How long an answer is kept. */
const KEEP_MS = 24 * 60 * 60 * 1000;
/** How long a retry waits for the first request to end. */
const WAIT_MS = 5_000;
const limits = { maxWait: WAIT_MS, timeout: 6 * WAIT_MS };

/**
 * Carries a request out once, in however many processes and however often at a time it is sent, and
 * gives every sender the first answer.
 *
 * The record of the answer is claimed and filled in the transaction of the work: neither can be there
 * without the other, whenever a process dies, and work that fails leaves the key free. A rival in
 * another process waits at the primary key. A rival in this one waits here, because one that waits at
 * the key keeps a connection from everybody else.
 */
export async function once(db: Db, request: Owned, work: Work): Promise<OnceOutcome> {
  const running = runningOn(db);
  const name = JSON.stringify([request.userId, request.key]);
  const lateAt = performance.now() + WAIT_MS;
  for (let rival = running.get(name); rival; rival = running.get(name)) {
    const kept = await within(lateAt - performance.now(), rival);
    if (kept === "late") return { kind: "in_progress" };
    if (kept) return outcomeOf({ ...kept, replayed: true }, request);
  }
  const attempt = db
    .$transaction((tx) => claimAndWork(tx, request, work), limits)
    .finally(() => running.delete(name));
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

/** Removes the answers that are kept no longer; returns how many they were. */
export async function purgeIdempotencyRecords(
  db: Pick<Db, "idempotencyRecord">,
  now: Date,
): Promise<number> {
  const { count } = await db.idempotencyRecord.deleteMany({ where: { expiresAt: { lte: now } } });
  return count;
}

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
const running = new WeakMap<Db, Map<string, Promise<Kept | undefined>>>();

function runningOn(db: Db) {
  const known = running.get(db) ?? new Map<string, Promise<Kept | undefined>>();
  running.set(db, known);
  return known;
}

async function claimAndWork(tx: Transaction, request: Owned, work: Work): Promise<Kept> {
  const { userId, key, fingerprint } = request;
  await tx.$executeRawUnsafe(`SET LOCAL lock_timeout = ${WAIT_MS}`);
  const claimed = await claim(tx, request).catch((error: unknown) => {
    if (isLockTimeout(error)) throw new NotClaimed("in_progress");
    if (isForeignKeyViolation(error)) throw new NotClaimed("owner_gone");
    throw error;
  });
  if (claimed) {
    const answer = await work(tx);
    await tx.idempotencyRecord.updateMany({ where: { userId, key }, data: answer });
    return { fingerprint, answer, replayed: false };
  }
  const { status, headers, body, ...kept } = await tx.idempotencyRecord.findUniqueOrThrow({
    where: { userId_key: { userId, key } },
  });
  const answer = { status, headers: headers as KeptAnswer["headers"], body };
  return { fingerprint: kept.fingerprint, answer, replayed: true };
}

/** Whether the key is this request's now: it was free, or its answer is kept no longer. */
async function claim(tx: Transaction, { userId, key, fingerprint }: Owned): Promise<boolean> {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + KEEP_MS);
  const data = { userId, key, fingerprint, expiresAt };
  const inserted = await tx.idempotencyRecord.createMany({ data, skipDuplicates: true });
  if (inserted.count > 0) return true;
  const where = { userId, key, expiresAt: { lte: now } };
  return (await tx.idempotencyRecord.updateMany({ where, data })).count > 0;
}

function outcomeOf({ fingerprint, answer, replayed }: Kept, request: KeyedRequest): OnceOutcome {
  if (fingerprint !== request.fingerprint) return { kind: "key_reused" };
  return { kind: "answered", answer, replayed };
}

/** What a promise gives, unless that takes longer. */
function within<T>(ms: number, promise: Promise<T>): Promise<T | "late"> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms, "late" as const);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
