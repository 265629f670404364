import { forgetKept } from "../../offline/kept-tasks.ts";
import type { Change } from "../model/change.ts";
import { forgetSent } from "./last-sent.ts";
import type { Conflict } from "./outcome.ts";

/** What a page has to do still, as it is kept for the case that it goes. */
export interface Kept {
  changes: Change[];
  conflicts: Conflict[];
}

export interface OutboxStorage {
  /** False where the browser has no room: then the page has to stay. */
  save: (kept: Kept) => boolean;
  /** Takes over what pages of this user have left behind that are no longer there. */
  adopt: () => Promise<Kept[]>;
  /** Forgets all that this user's pages have kept. */
  clear: () => void;
}

/**
 * Each page writes under a name of its own, which it holds a lock on while it lives: so no two pages
 * write to one place, and a name whose lock is free has been left. Browsers have no locks on plain
 * HTTP; then all is taken over, and sent twice at worst, which does no harm.
 */
export function createOutboxStorage(userId: string): OutboxStorage {
  const prefix = `taskbridge.outbox.${userId}.`;
  const name = prefix + Math.random().toString(36).slice(2);
  const locks = "locks" in navigator ? navigator.locks : undefined;
  void locks?.request(name, () => new Promise(() => {}));

  const names = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  const take = (key: string): Kept | undefined => {
    const text = localStorage.getItem(key);
    localStorage.removeItem(key);
    return read(text);
  };
  const takeIfLeft = (key: string) =>
    locks
      ? locks.request(key, { ifAvailable: true }, (lock) => (lock ? take(key) : undefined))
      : take(key);

  return {
    save: (kept) => {
      if (kept.changes.length + kept.conflicts.length === 0) {
        localStorage.removeItem(name);
        return true;
      }
      if (write(name, kept)) return true;
      // What the server has as well makes room for what nobody else has.
      forgetKept();
      return write(name, kept);
    },
    adopt: async () => {
      const others = names().filter((key) => key !== name);
      const left = await Promise.all(others.map(takeIfLeft));
      return left.filter((kept) => kept !== undefined);
    },
    clear: () => {
      for (const key of names()) localStorage.removeItem(key);
      forgetSent();
    },
  };
}

function write(name: string, kept: Kept): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function read(text: string | null): Kept | undefined {
  try {
    const kept = JSON.parse(text ?? "");
    return Array.isArray(kept?.changes) && Array.isArray(kept.conflicts) ? kept : undefined;
  } catch {
    // Cut off, or of another version of this page.
    return undefined;
  }
}
