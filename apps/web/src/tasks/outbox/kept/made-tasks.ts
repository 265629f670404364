import type { Task } from "@taskbridge/contract";
import { namesIn, parseKept, removeAll, store } from "../../../lib/browser-storage.ts";

const prefixOf = (userId: string) => `taskbridge.made-task.${userId}.`;
/** The version before noted them without their user. */
const EARLIER_PREFIX = "taskbridge.made.";
/** Long enough for a page to hear of it that has just changed the task by the id it had here. */
const KEPT_MS = 3_600_000;

export type Made = Pick<Task, "id" | "version">;
type Noted = Made & { at: number };

/** For other pages, which may change the task before they hear which id the server gave it. */
export function noteMade(userId: string, localId: string, { id, version }: Made): void {
  const now = Date.now();
  for (const name of namesIn(localStorage, prefixOf(userId))) {
    if (now - (read(name)?.at ?? 0) > KEPT_MS) localStorage.removeItem(name);
  }
  // Where there is no room, it is not there: what it would be good for is rare.
  store(
    localStorage,
    prefixOf(userId) + localId,
    JSON.stringify({ id, version, at: now } satisfies Noted),
  );
}

export const madeAs = (userId: string, localId: string): Made | undefined =>
  read(prefixOf(userId) + localId);

export function forgetMade(userId: string): void {
  for (const prefix of [prefixOf(userId), EARLIER_PREFIX]) removeAll(localStorage, prefix);
}

function read(name: string): Noted | undefined {
  const noted = parseKept(localStorage.getItem(name)) as Partial<Noted> | undefined;
  const { id, version, at } = noted ?? {};
  // Without an id, the next page that changes the task would change none.
  return id && version && at ? { id, version, at } : undefined;
}
