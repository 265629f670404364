import type { Task } from "@taskbridge/contract";
import { namesIn, parseKept, removeAll, store } from "../../../lib/browser-storage.ts";

const PREFIX = "taskbridge.made.";
/** Long enough for a page to hear of it that has just changed the task by the id it had here. */
const KEPT_MS = 3_600_000;

export type Made = Pick<Task, "id" | "version">;
type Noted = Made & { at: number };

/** For other pages, which may change the task before they hear which id the server gave it. */
export function noteMade(localId: string, { id, version }: Made): void {
  const now = Date.now();
  for (const name of namesIn(localStorage, PREFIX)) {
    if (now - (read(name)?.at ?? 0) > KEPT_MS) localStorage.removeItem(name);
  }
  // Where there is no room, it is not there: what it would be good for is rare.
  store(localStorage, PREFIX + localId, JSON.stringify({ id, version, at: now } satisfies Noted));
}

export const madeAs = (localId: string): Made | undefined => read(PREFIX + localId);

export const forgetMade = (): void => removeAll(localStorage, PREFIX);

function read(name: string): Noted | undefined {
  const noted = parseKept(localStorage.getItem(name)) as Partial<Noted> | undefined;
  const { id, version, at } = noted ?? {};
  // Without an id, the next page that changes the task would change none.
  return id && version && at ? { id, version, at } : undefined;
}
