import type { Task } from "@taskbridge/contract";

const PREFIX = "taskbridge.made.";
/** Long enough for a page to hear of it that has just changed the task by the id it had here. */
const KEPT_MS = 3_600_000;

export type Made = Pick<Task, "id" | "version">;
type Noted = Made & { at: number };

/** For other pages, which may change the task before they hear which id the server gave it. */
export function noteMade(localId: string, { id, version }: Made): void {
  const now = Date.now();
  for (const name of names()) {
    if (now - (read(name)?.at ?? 0) > KEPT_MS) localStorage.removeItem(name);
  }
  try {
    localStorage.setItem(
      PREFIX + localId,
      JSON.stringify({ id, version, at: now } satisfies Noted),
    );
  } catch {
    // There is no room. What it would be good for is rare.
  }
}

export const madeAs = (localId: string): Made | undefined => read(PREFIX + localId);

export function forgetMade(): void {
  for (const name of names()) localStorage.removeItem(name);
}

const names = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));

function read(name: string): Noted | undefined {
  const text = localStorage.getItem(name);
  return text === null ? undefined : JSON.parse(text);
}
