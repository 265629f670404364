import type { Trouble } from "../../trpc/failure.ts";
import { type Act, type Change, changeOf } from "../model/change.ts";
import { createEntries } from "./kept/entries.ts";
import type { OutboxStorage } from "./kept/storage.ts";
import { nothingUnsent, type OutboxState, sendable, shownOf } from "./outbox-state.ts";
import type { Conflict, Outcome } from "./outcome.ts";
import type { Send } from "./send.ts";
import { createSettle, type OutboxEvents } from "./settle.ts";
import type { TakeTurn } from "./turn.ts";
import { nextWave } from "./wave.ts";

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
  /** Looks at what other pages have done. */
  refresh: () => void;
  /** The same, and sends what waits. */
  resume: () => void;
  /** Another page says that the server has made a change. */
  hearDone: (id: string) => void;
  /** Takes back what is held, and all that was done to the same tasks since; returns what would do it again. */
  discardHeld: () => Act[];
  /** Another call has found the server, or why it cannot be asked. */
  reach: (trouble: Trouble | null) => void;
  /** How much all of the user's pages in this browser have unsent or in conflict, at this moment. */
  countUnsent: () => number;
  /** What the browser calls it. */
  unsentNames: () => readonly string[];
  /** Sends and takes nothing any more, and forgets everything, or of what is kept only what is `lost`. */
  forget: (lost?: ReadonlySet<string>) => void;
}

interface Means {
  send: Send;
  storage: OutboxStorage;
  takeTurn: TakeTurn;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * What somebody has done, on whichever of their pages, and the server does not know yet. One page at a time
 * sends, in the order in which things were done, each change until the server has answered it. A change
 * leaves when it is done, or refused for what it says, and with it what it showed.
 */
export function createOutbox({ send, storage, takeTurn }: Means, events: OutboxEvents): Outbox {
  const entries = createEntries(storage);
  let state = nothingUnsent;
  /** What is to be sent by itself: what it was sent together with may have been the fault. */
  const alone = new Set<string>();
  let rest = 0;
  let sending = false;
  let over = false;
  let failures = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function publish(reach: Partial<Pick<OutboxState, "unreachable" | "trouble">> = {}) {
    if (over) return;
    state = { ...state, ...reach, ...shownOf(entries) };
    for (const listener of listeners) listener();
  }

  function refresh() {
    const changed = entries.refresh();
    if (entries.resolveMade() || changed) publish();
  }
  const settle = createSettle({ entries, storage, events, publish });

  async function sendWaves(isMine: () => boolean) {
    try {
      refresh();
      while (!over && isMine()) {
        if (entries.resolveMade()) publish();
        const wave = nextWave(sendable(entries.all()), alone);
        if (wave.length === 0) return;
        const outcomes = await Promise.all(wave.map(send));
        if (over) return;
        rest = 0;
        const wentOn = wave.map((change, at) => {
          const outcome = outcomes[at] as Outcome;
          if (outcome.kind === "unreachable") rest = Math.max(rest, outcome.restMs);
          if (outcome.kind !== "held" || wave.length === 1) return settle(change, outcome);
          alone.add(change.id);
          return true;
        });
        if (wentOn.includes(false)) return tryLater();
        failures = 0;
      }
    } finally {
      // Not when the turn has ended: what is added from here on is to be sent in the next one.
      sending = false;
    }
  }

  function tryLater() {
    failures += 1;
    const doubled = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
    pause = setTimeout(sendAll, Math.max(doubled, rest));
  }

  async function sendAll() {
    if (sending || over) return;
    sending = true;
    clearTimeout(pause);
    await takeTurn(sendWaves);
  }

  function kick() {
    failures = 0;
    const held = entries.all().filter((entry) => entry.held);
    if (held.length > 0) {
      entries.update(held.map(({ held: _, ...entry }) => entry));
      publish();
    }
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
      if (over) return added;
      entries.add(added);
      publish();
      void sendAll();
      return added;
    },
    settle: ({ change }) => {
      entries.remove([change.id]);
      publish();
    },
    start: async () => {
      refresh();
      await storage.adopt();
      refresh();
      kick();
    },
    kick,
    refresh,
    resume: () => {
      refresh();
      void sendAll();
    },
    hearDone: (id) => {
      entries.remove([id]);
      entries.resolveMade();
      failures = 0;
      publish({ unreachable: false });
    },
    discardHeld: () => {
      const { changes, held } = state;
      const stuck = new Set(changes.flatMap(({ id, task }) => (held.has(id) ? task.id : [])));
      const discarded = changes.filter(({ task }) => stuck.has(task.id));
      entries.remove(discarded.map(({ id }) => id));
      publish();
      return discarded.map(({ id: _, ...act }) => act);
    },
    reach: (trouble) => {
      if ((trouble === null) !== state.unreachable) return;
      // What waits finds out by itself whether it can be sent.
      if (trouble) publish({ unreachable: true, trouble });
      else {
        if (state.changes.length === 0) publish({ unreachable: false });
        kick();
      }
    },
    countUnsent: () => {
      refresh();
      return state.changes.length + state.conflicts.length + storage.countOthers();
    },
    unsentNames: storage.names,
    forget: (lost) => {
      over = true;
      clearTimeout(pause);
      storage.clear(lost);
      state = nothingUnsent;
      for (const listener of listeners) listener();
    },
  };
}
