import type { Task } from "@taskbridge/contract";
import type { CallFailure } from "../../trpc/failure.ts";
import { type Change, finalStates } from "../model/change.ts";
import type { Entries } from "./kept/entries.ts";
import type { Entry } from "./kept/entry.ts";
import type { OutboxStorage } from "./kept/storage.ts";
import type { OutboxState } from "./outbox-state.ts";
import type { Conflict, Outcome } from "./outcome.ts";

export interface OutboxEvents {
  /** The server has made the change; called before it leaves the outbox. */
  onDone: (change: Change, task: Task | null) => void;
  /** Its task was deleted elsewhere. */
  onGone: (change: Change) => void;
  onRefused: (change: Change, failure: CallFailure) => void;
  onConflict: (conflict: Conflict) => void;
  onSignedOut: () => void;
}

interface Means {
  entries: Entries;
  storage: OutboxStorage;
  events: OutboxEvents;
  publish: (reach: Pick<OutboxState, "unreachable"> & Partial<OutboxState>) => void;
}

/** What is to become of an entry once its change was sent; answers whether to go on sending. */
export function createSettle({ entries, storage, events, publish }: Means) {
  const reached = () => publish({ unreachable: false });

  /** Later changes to the same task were made to what is known of it by now. */
  function rebase(before: Task, { id, version }: Task) {
    const isLater = ({ change: { task }, conflict }: Entry) =>
      !conflict && task.id === before.id && (task.version === before.version || id !== before.id);
    const later = entries.all().filter(isLater);
    entries.update(
      later.map((entry) => {
        const task = { ...entry.change.task, id, version };
        return { ...entry, change: { ...entry.change, task } };
      }),
    );
  }

  /** What was to be done to a task that there will not be: it goes, and what it says, with the task. */
  const orphansOf = ({ kind, id, task }: Change) =>
    entries
      .all()
      .map((entry) => entry.change)
      .filter((other) => kind === "create" && other.task.id === task.id && other.id !== id);

  function mark(change: Change, now: Pick<Entry, "held" | "conflict">) {
    const marked = entries.all().filter((entry) => entry.change.id === change.id);
    entries.update(marked.map((entry) => ({ ...entry, ...now })));
  }

  return (change: Change, outcome: Outcome): boolean => {
    // Another page was faster, or the user has signed out there.
    if (!entries.has(change)) return true;
    switch (outcome.kind) {
      case "done": {
        const { task } = outcome;
        if (task && change.kind === "create") storage.noteMade(change.task.id, task);
        events.onDone(change, task);
        if (task) rebase(change.task, task);
        entries.remove([change.id]);
        reached();
        return true;
      }
      case "conflict":
        mark(change, { conflict: outcome.conflict });
        reached();
        events.onConflict(outcome.conflict);
        return true;
      case "gone":
        entries.remove([change.id]);
        reached();
        events.onGone(change);
        return true;
      case "refused": {
        const orphans = orphansOf(change);
        entries.remove([change.id, ...orphans.map(({ id }) => id)]);
        reached();
        const { id } = change.task;
        const task = finalStates([change, ...orphans], () => undefined).get(id);
        events.onRefused(
          orphans.length > 0 && task ? { ...change, task } : change,
          outcome.failure,
        );
        return true;
      }
      case "held":
        mark(change, { held: outcome.failure });
        reached();
        return true;
      case "unreachable":
        publish({ unreachable: true, trouble: outcome.trouble });
        return false;
      case "signed_out":
        events.onSignedOut();
        return false;
    }
  };
}
