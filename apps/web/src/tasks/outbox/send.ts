import type { AppRouter } from "@taskbridge/api";
import type { Task } from "@taskbridge/contract";
import type { TRPCClient } from "@trpc/client";
import { type CallFailure, failureOf, isOutage, isSignedOut, restMs } from "../../trpc/failure.ts";
import type { Change } from "../model/change.ts";
import { differing, mergeChanges } from "../model/merge.ts";
import type { Outcome, Trouble } from "./outcome.ts";

export type Send = (change: Change) => Promise<Outcome>;

/** How often a change is made anew to what others have made of its task meanwhile. */
const MAX_MERGES = 5;

/**
 * Sends one change, so that sending it again does no harm: a creation has a key, an update names the
 * version, and what is gone need not be deleted.
 */
export function createSend({ task: api }: TRPCClient<AppRouter>): Send {
  async function update(change: Extract<Change, { kind: "update" }>, merges = 0): Promise<Outcome> {
    const { task: base, changes } = change;
    const { id, version } = base;
    try {
      return done(await api.update.mutate({ id, version, ...changes }));
    } catch (error) {
      if (failureOf(error).code !== "version_mismatch" || merges === MAX_MERGES) throw error;
    }
    const fresh = await api.get.query({ id });
    const { changes: merged, clashes } = mergeChanges(changes, base, fresh);
    // Also where the last attempt arrived and only its answer did not.
    if (differing(merged, fresh).length === 0) return done(fresh);
    if (clashes.length > 0) return { kind: "conflict", conflict: { change, fresh, clashes } };
    return update({ ...change, task: fresh, changes: merged }, merges + 1);
  }

  async function perform(change: Change): Promise<Outcome> {
    const { id } = change.task;
    switch (change.kind) {
      case "create": {
        const { title, notes, dueDate, priority, tags } = change.task;
        const context = { idempotencyKey: change.id };
        return done(
          await api.create.mutate({ title, notes, dueDate, priority, tags }, { context }),
        );
      }
      case "update":
        return update(change);
      case "delete":
        await api.delete.mutate({ id }).catch(unlessGone);
        return done(null);
      case "restore":
        return done(
          (await api.restore.mutate({ id }).catch(unlessGone)) ?? (await api.get.query({ id })),
        );
    }
  }

  return async (change) => {
    try {
      return await perform(change);
    } catch (error) {
      if (isSignedOut(error)) return { kind: "signed_out" };
      const failure = failureOf(error);
      const trouble = troubleOf(error, failure);
      if (trouble) return { kind: "unreachable", trouble, restMs: restMs(error) };
      return { kind: contentRefused.includes(failure.code) ? "refused" : "held", failure };
    }
  };
}

/** What the server says of a change's own content. All else may be so for no fault of the change. */
const contentRefused = [
  ...["validation_failed", "task_not_found", "version_mismatch", "too_many_tasks"],
];

/** Whether, and why, nothing can be sent, whatever it is. */
function troubleOf(error: unknown, { code, status }: CallFailure): Trouble | undefined {
  if (code === "rate_limited" || status === 429) return "busy";
  if (isOutage(error) || (status === 401 && code !== "between")) return "away";
  // An earlier attempt is still under way, whose answer was lost.
  if (code === "idempotency_in_progress") return "away";
  return code === "between" && status !== 403 ? "between" : undefined;
}

const done = (task: Task | null): Outcome => ({ kind: "done", task });

function unlessGone(error: unknown): undefined {
  if (failureOf(error).code !== "task_not_found") throw error;
}
