import type { Task } from "@taskbridge/contract";
import type { CallFailure } from "../../trpc/failure.ts";
import { type Act, type Change, changeOf } from "../model/change.ts";
import type { Conflict, Outcome, Trouble } from "./outcome.ts";
import type { Send } from "./send.ts";
import type { OutboxStorage } from "./storage.ts";
import { nextWave } from "./wave.ts";

export interface OutboxState {
  /** Not sent yet, or not answered, in the order in which they were made. */
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

export interface OutboxEvents {
  /** The server has made the change; called before it leaves the outbox. */
  onDone: (change: Change, task: Task | null) => void;
  onRefused: (change: Change, failure: CallFailure) => void;
  onConflict: (conflict: Conflict) => void;
  onSignedOut: () => void;
}

export interface Outbox {
  state: () => OutboxState;
  subscribe: (listener: () => void) => () => void;
  add: (acts: readonly Act[]) => Change[];
  /** Takes a conflict away; what is to become of it is added anew. */
  settle: (conflict: Conflict) => void;
  /** Takes over what earlier pages have left, and begins to send. */
  start: () => Promise<void>;
  /** Tries again now, what is held too. */
  kick: () => void;
  /** Takes back what is held, and all that was done to the same tasks since. */
  discardHeld: () => void;
  /** Another call has found the server, or nobody. */
  reach: (found: boolean) => void;
  /** Sends nothing any more and forgets everything. */
  forget: () => void;
}

const isTooLarge = (outcome: Outcome) =>
  outcome.kind === "held" &&
  ["body_too_large", "too_large_on_the_way"].includes(outcome.failure.code);

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * What somebody has done and the server does not know yet. Changes are sent in their order, each
 * until the server has answered it; those that it refuses leave, and with them what they showed.
 */
export function createOutbox(send: Send, storage: OutboxStorage, events: OutboxEvents): Outbox {
  let state: OutboxState = {
    ...{ changes: [], conflicts: [], held: new Map(), unreachable: false, kept: true },
    trouble: "away",
  };
  /** How many changes are to be sent one by one: together they were too large for something on the way. */
  let singly = 0;
  let rest = 0;
  let sending = false;
  let over = false;
  let failures = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function set(next: Partial<OutboxState>) {
    const { changes, conflicts, ...rest } = { ...state, ...next };
    if (over) return;
    const kept = storage.save({ changes: [...changes], conflicts: [...conflicts] });
    state = { ...rest, changes, conflicts, kept };
    for (const listener of listeners) listener();
  }

  /** What can be sent: not what is held, nor what was done to the same tasks since. */
  function sendable(): Change[] {
    const stuck = new Set<string>();
    return state.changes.filter(({ id, task }) => {
      if (state.held.has(id)) stuck.add(task.id);
      return !stuck.has(task.id);
    });
  }

  const without = (change: Change) => state.changes.filter(({ id }) => id !== change.id);

  /** Later changes to the same task were made to what is known of it by now. */
  function rebase(before: Task, { id, version }: Task, changes: readonly Change[]): Change[] {
    return changes.map((later) =>
      later.task.id === before.id && (later.task.version === before.version || id !== before.id)
        ? { ...later, task: { ...later.task, id, version } }
        : later,
    );
  }

  /** Whether to go on. */
  function settleOutcome(change: Change, outcome: Outcome): boolean {
    switch (outcome.kind) {
      case "done": {
        const { task } = outcome;
        events.onDone(change, task);
        const rest = without(change);
        set({ changes: task ? rebase(change.task, task, rest) : rest, unreachable: false });
        return true;
      }
      case "conflict": {
        const { conflict } = outcome;
        set({ changes: without(change), conflicts: [...state.conflicts, conflict] });
        events.onConflict(conflict);
        return true;
      }
      case "refused": {
        // What was to be done to a task that there will not be goes with it.
        const rest = without(change);
        const orphans = change.kind === "create" ? change.task.id : undefined;
        set({ changes: rest.filter(({ task }) => task.id !== orphans), unreachable: false });
        events.onRefused(change, outcome.failure);
        return true;
      }
      case "held":
        set({ held: new Map(state.held).set(change.id, outcome.failure), unreachable: false });
        return true;
      case "unreachable":
        rest = Math.max(rest, outcome.restMs);
        set({ unreachable: true, trouble: outcome.trouble });
        return false;
      case "signed_out":
        events.onSignedOut();
        return false;
    }
  }

  async function sendAll() {
    if (sending || over) return;
    sending = true;
    clearTimeout(pause);
    try {
      for (let ready = sendable(); ready.length > 0 && !over; ready = sendable()) {
        const wave = singly > 0 ? ready.slice(0, 1) : nextWave(ready);
        singly = Math.max(0, singly - 1);
        const outcomes = await Promise.all(wave.map(send));
        if (over) return;
        // It may be what they were sent together with.
        if (wave.length > 1 && outcomes.some(isTooLarge)) {
          singly = wave.length;
          continue;
        }
        rest = 0;
        const wentOn = wave.map((change, at) => settleOutcome(change, outcomes[at] as Outcome));
        if (wentOn.includes(false)) {
          failures += 1;
          const doubled = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
          const wait = Math.max(doubled, rest);
          pause = setTimeout(sendAll, wait);
          return;
        }
        failures = 0;
      }
    } finally {
      sending = false;
    }
  }

  function kick() {
    failures = 0;
    if (state.held.size > 0) set({ held: new Map() });
    void sendAll();
  }

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    add: (acts) => {
      const added = acts.map(changeOf);
      set({ changes: [...state.changes, ...added] });
      void sendAll();
      return added;
    },
    settle: ({ change }) =>
      set({ conflicts: state.conflicts.filter((other) => other.change.id !== change.id) }),
    start: async () => {
      const left = await storage.adopt();
      const changes = left.flatMap((kept) => kept.changes);
      const conflicts = left.flatMap((kept) => kept.conflicts);
      if (changes.length + conflicts.length > 0) {
        set({
          changes: [...changes, ...state.changes],
          conflicts: [...conflicts, ...state.conflicts],
        });
      }
      await sendAll();
    },
    kick,
    discardHeld: () => {
      const left = new Set(sendable().map(({ id }) => id));
      set({ changes: state.changes.filter(({ id }) => left.has(id)), held: new Map() });
    },
    reach: (found) => {
      if (found !== state.unreachable) return;
      // What waits finds out by itself whether it can be sent.
      if (!found || state.changes.length === 0) set({ unreachable: !found });
      if (found) kick();
    },
    forget: () => {
      over = true;
      clearTimeout(pause);
      storage.clear();
    },
  };
}
