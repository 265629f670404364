import type { CallFailure, Trouble } from "../../trpc/failure.ts";
import { type Change, isLocal } from "../model/change.ts";
import type { Entries } from "./kept/entries.ts";
import type { Entry } from "./kept/entry.ts";
import type { Conflict } from "./outcome.ts";

export interface OutboxState {
  /** Not sent yet, or not answered, on any of the user's pages, in the order in which they were made. */
  changes: readonly Change[];
  conflicts: readonly Conflict[];
  /** Those of them that are not sent any more until somebody says so, by their ids, and why. */
  held: ReadonlyMap<string, CallFailure>;
  /** Whether the last attempt came to nothing. */
  unreachable: boolean;
  /** Why. */
  trouble: Trouble;
  /** Whether what is in here would survive the end of the page. */
  kept: boolean;
}

export const nothingUnsent: OutboxState = {
  changes: [],
  conflicts: [],
  held: new Map(),
  unreachable: false,
  trouble: "away",
  kept: true,
};

/** What pages show of the entries. */
export function shownOf(
  entries: Entries,
): Pick<OutboxState, "changes" | "conflicts" | "held" | "kept"> {
  const all = entries.all();
  return {
    changes: all.flatMap(({ change, conflict }) => (conflict ? [] : change)),
    conflicts: all.flatMap(({ conflict }) => conflict ?? []),
    held: new Map(all.flatMap(({ change, held }) => (held ? [[change.id, held]] : []))),
    kept: entries.isKept(),
  };
}

/**
 * What can be sent: not what is held, nor what was done to the same tasks since; nor what was done to a task
 * whose creation is in the memory of another page.
 */
export function sendable(entries: readonly Entry[]): Change[] {
  const stuck = new Set<string>();
  const created = new Set<string>();
  return entries.flatMap(({ change, held, conflict }) => {
    const { id } = change.task;
    if (conflict) return [];
    if (change.kind === "create") created.add(id);
    if (held || (isLocal(id) && !created.has(id))) stuck.add(id);
    return stuck.has(id) ? [] : change;
  });
}
