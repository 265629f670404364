import type { AppRouter } from "@taskbridge/api";
import type { Task } from "@taskbridge/contract";
import type { TRPCClient } from "@trpc/client";
import { type CallFailure, failureOf, isSignedOut, restMs, troubleOf } from "../../trpc/failure.ts";
import type { Change } from "../model/change.ts";
import { differing, mergeChanges } from "../model/merge.ts";
import type { Outcome } from "./outcome.ts";

type Update = Extract<Change, { kind: "update" }>;

export type Send = (change: Change) => Promise<Outcome>;

/** Longer than the server takes for anything: what is not answered by then holds up all that comes behind it. */
const DEADLINE_MS = 60_000;

/** How often a change is made anew to what others have made of its task meanwhile. */
const MAX_MERGES = 5;

/**
 * Sends one change, so that sending it again does no harm: a creation has a key, an update names the
 * version, and what is gone need not be deleted.
 */
export function createSend(
  { task: api }: TRPCClient<AppRouter>,
  deadlineMs: number = DEADLINE_MS,
): Send {
  async function update(change: Update, signal: AbortSignal, merges = 0): Promise<Outcome> {
    const { task: base, changes } = change;
    const { id, version } = base;
    try {
      return done(await api.update.mutate({ id, version, ...changes }, { signal }));
    } catch (error) {
      if (failureOf(error).code !== "version_mismatch" || merges === MAX_MERGES) throw error;
    }
    const fresh = await api.get.query({ id }, { signal });
    const { changes: merged, clashes } = mergeChanges(changes, base, fresh);
    // Also where the last attempt arrived and only its answer did not.
    if (differing(merged, fresh).length === 0) return done(fresh);
    const mergedChange = { ...change, changes: merged };
    if (clashes.length > 0)
      return { kind: "conflict", conflict: { change: mergedChange, fresh, clashes } };
    return update({ ...mergedChange, task: fresh }, signal, merges + 1);
  }

  async function perform(change: Change, signal: AbortSignal): Promise<Outcome> {
    const { id } = change.task;
    switch (change.kind) {
      case "create": {
        const { title, notes, dueDate, priority, tags } = change.task;
        const context = { idempotencyKey: change.id };
        const task = { title, notes, dueDate, priority, tags };
        return done(await api.create.mutate(task, { context, signal }));
      }
      case "update":
        return update(change, signal);
      case "delete":
        await api.delete.mutate({ id }, { signal }).catch(unlessGone);
        return done(null);
      case "restore":
        return done(
          (await api.restore.mutate({ id }, { signal }).catch(unlessGone)) ??
            (await api.get.query({ id }, { signal })),
        );
    }
  }

  return async (change) => {
    try {
      return await perform(change, AbortSignal.timeout(deadlineMs));
    } catch (error) {
      if (isSignedOut(error)) return { kind: "signed_out" };
      const trouble = troubleOf(error);
      if (trouble) return { kind: "unreachable", trouble, restMs: restMs(error) };
      const failure = failureOf(error);
      if (failure.code === "task_not_found" && change.kind !== "restore") return goneOf(change);
      return { kind: isRefused(change, failure) ? "refused" : "held", failure };
    }
  };
}

/** Whether it is for the change's own content, which would be refused again. All else is no fault of it. */
function isRefused({ kind }: Change, { code }: CallFailure): boolean {
  // Of a new task, all that was typed would be lost.
  if (code === "too_many_tasks") return kind !== "create";
  return code === "validation_failed" || code === "task_not_found";
}

/** A change to a task that was deleted elsewhere: what was typed for it stays until somebody has looked at it. */
function goneOf(change: Change): Outcome {
  if (change.kind !== "update") return { kind: "gone" };
  const clashes = differing(change.changes, change.task).filter((field) => field !== "completed");
  if (clashes.length === 0) return { kind: "gone" };
  return { kind: "conflict", conflict: { change, fresh: change.task, clashes, gone: true } };
}

const done = (task: Task | null): Outcome => ({ kind: "done", task });

function unlessGone(error: unknown): undefined {
  if (failureOf(error).code !== "task_not_found") throw error;
}
