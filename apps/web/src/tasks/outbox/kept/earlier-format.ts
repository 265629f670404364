import { namesIn, parseKept } from "../../../lib/browser-storage.ts";
import type { Change } from "../../model/change.ts";
import type { Conflict } from "../outcome.ts";
import type { Entry } from "./entry.ts";

/** The version before kept all that one page had to do in one place, with a lock on it while it lived. */
interface Kept {
  changes: Change[];
  conflicts: Conflict[];
}

export const earlierPrefix = (userId: string) => `taskbridge.outbox.${userId}.`;

const namesOf = (userId: string) => namesIn(localStorage, earlierPrefix(userId));

/** Takes over what such pages have left that are no longer there; those that are send it themselves. */
export async function adoptEarlier(userId: string, write: (entry: Entry) => boolean) {
  const locks = "locks" in navigator ? navigator.locks : undefined;
  for (const name of namesOf(userId)) {
    if (!locks) take(name, write);
    else await locks.request(name, { ifAvailable: true }, (lock) => lock && take(name, write));
  }
}

function take(name: string, write: (entry: Entry) => boolean): void {
  const kept = read(name);
  // They are older than all that is done from now on.
  const changes = kept?.changes.map((change, order): Entry => ({ change, order }));
  const conflicts = kept?.conflicts.map(
    (conflict): Entry => ({ change: conflict.change, order: 0, conflict }),
  );
  const entries = [...(changes ?? []), ...(conflicts ?? [])];
  // Where there is no room for both, it stays where it was.
  if (kept && entries.every(write)) localStorage.removeItem(name);
}

export function countEarlier(userId: string): number {
  return namesOf(userId).reduce((count, name) => {
    const kept = read(name);
    return count + (kept ? kept.changes.length + kept.conflicts.length : 1);
  }, 0);
}

function read(name: string): Kept | undefined {
  const kept = parseKept(localStorage.getItem(name)) as Kept | undefined;
  return Array.isArray(kept?.changes) && Array.isArray(kept.conflicts) ? kept : undefined;
}
