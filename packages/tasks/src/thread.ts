import { setImmediate as nextTurn } from "node:timers/promises";

let before: Promise<unknown> = Promise.resolve();

/** Reads one import at a time: what others ask meanwhile waits for a piece of one, not of each. */
export function inTurn<T>(read: () => Promise<T>): Promise<T> {
  const now = before.then(read);
  before = now.catch(() => {});
  return now;
}

/** How long a loop may have the thread to itself. */
const SLICE_MS = 10;
let begun = 0;

/** Lets others have the thread where a loop has had it for a while. */
export async function yieldThread(): Promise<void> {
  if (performance.now() - begun < SLICE_MS) return;
  await nextTurn();
  begun = performance.now();
}

let last: Promise<void> = Promise.resolve();

/** Before what takes some milliseconds at once: of all that waits here one goes on, then others have the thread. */
export function ownTurn(): Promise<void> {
  last = last.then(() => nextTurn());
  return last;
}

const PIECE_BYTES = 64 * 1024;

/** A text's bytes piece by piece, the thread being free for others before each. */
export async function* piecesOf(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    await nextTurn();
    yield bytes.subarray(at, at + PIECE_BYTES);
  }
}
