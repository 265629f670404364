import { setTimeout as pause } from "node:timers/promises";
import { bareClient, type Db } from "./client.ts";
import { Prisma } from "./generated/client.ts";

/** So few that others wait for neither the locks nor the thread. */
const BATCH = 100;
/** Until another process, or a database that is away, is looked for again. */
const RETRY_MS = 60_000;
/** It has time: it waits for a connection, and for tasks that others are writing. */
const LIMITS = { maxWait: 10_000, timeout: 30_000 };
/** The id before all others. */
const BEGINNING = "00000000-0000-0000-0000-000000000000";

interface Texts {
  title: string;
  notes: string;
  tags: string[];
}

interface Derived {
  titleKey: string;
  searchTitle: string;
  searchNotes: string;
}

export interface RewriteOptions {
  /** The number of the rules: a higher one than the database's has all tasks written anew. */
  rules: number;
  /** What is kept beside a task's texts by these rules. */
  derive: (texts: Texts) => Derived;
  onError: (error: unknown) => void;
}

/**
 * Writes anew, in the background, what is kept beside the texts of all users' tasks, where it was written by
 * earlier rules. It goes through the tasks once, in the order of their ids, and notes how far it is with each batch:
 * it may be cut short at any moment, and of several processes one at a time goes on.
 */
export function startTaskTextRewrite(
  db: Db,
  options: RewriteOptions,
): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ended = rewriteAll(db, options, signal);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function rewriteAll(db: Db, options: RewriteOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now();
    const outcome = await rewriteBatch(db, options).catch((error: unknown) => {
      if (!signal.aborted) options.onError(error);
      return "failed";
    });
    if (outcome === "done") return;
    // Others have the database for as long as it took.
    const waitMs = outcome === "written" ? performance.now() - began : RETRY_MS;
    await pause(waitMs, undefined, { ref: false, signal }).catch(() => {});
  }
}

/** One batch and how far it got, in one transaction; `busy` where another process has one in hand. */
const rewriteBatch = (db: Db, { rules, derive }: RewriteOptions) =>
  bareClient(db).$transaction(async (tx): Promise<"written" | "done" | "busy"> => {
    const progress = await progressOf(tx, rules);
    if (typeof progress === "string") return progress;
    const tasks = await tx.$queryRaw<(Texts & Derived & { id: string })[]>`
      SELECT "id", "title", "notes", "tags", "titleKey", "searchTitle", "searchNotes" FROM "task"
      WHERE "id" > ${progress.through}::uuid ORDER BY "id" LIMIT ${BATCH} FOR NO KEY UPDATE`;
    const changed = tasks
      .map((task) => ({ task, derived: derive(task) }))
      .filter(({ task, derived }) => !isSame(task, derived))
      .map(({ task: { id }, derived }) => ({ id, ...derived }));
    if (changed.length > 0) await tx.$executeRaw(updateOf(changed));
    const through = tasks.at(-1)?.id ?? progress.through;
    const done = tasks.length < BATCH;
    await tx.$executeRaw`
      UPDATE "task_text_rewrite" SET "rules" = ${rules}::int, "through" = ${through}::uuid, "done" = ${done}`;
    return done ? "done" : "written";
  }, LIMITS);

/** How far it is, which nobody else changes until the end of the transaction; or that there is nothing to do. */
async function progressOf(tx: Prisma.TransactionClient, rules: number) {
  const [row] = await tx.$queryRaw<{ rules: number; through: string; done: boolean }[]>`
    SELECT "rules", "through", "done" FROM "task_text_rewrite" FOR UPDATE SKIP LOCKED`;
  if (!row) {
    const begun = await tx.$executeRaw`
      INSERT INTO "task_text_rewrite" ("rules") VALUES (${rules}::int) ON CONFLICT DO NOTHING`;
    return begun ? { through: BEGINNING } : "busy";
  }
  if (row.rules < rules) return { through: BEGINNING };
  // A process of a later version knows better.
  return row.done || row.rules > rules ? "done" : row;
}

const isSame = (a: Derived, b: Derived) =>
  a.titleKey === b.titleKey && a.searchTitle === b.searchTitle && a.searchNotes === b.searchNotes;

const updateOf = (rows: object[]) => Prisma.sql`
  UPDATE "task" SET "titleKey" = "row"."titleKey", "searchTitle" = "row"."searchTitle",
    "searchNotes" = "row"."searchNotes"
  FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    AS "row" ("id" uuid, "titleKey" text, "searchTitle" text, "searchNotes" text)
  WHERE "task"."id" = "row"."id"`;
