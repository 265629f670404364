import { setImmediate as nextTurn } from "node:timers/promises";

let before: Promise<unknown> = Promise.resolve();

/** Reads one import at a time: what others ask meanwhile waits for a piece of one, not of each. */
export function inTurn<T>(read: () => Promise<T>): Promise<T> {
  const now = before.then(read);
  before = now.catch(() => {});
  return now;
}

/** Every so many items of a loop lets others have the thread. */
export async function yieldThread(at: number): Promise<void> {
  if (at % 250 === 249) await nextTurn();
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
