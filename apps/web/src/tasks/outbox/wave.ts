import { MAX_BODY_BYTES } from "@taskbridge/contract/rules";
import type { Change } from "../model/change.ts";

/** What one batch may hold: half of what the server reads of a body, in bytes, and one change at least. */
const MAX_CHANGES = 20;
const MAX_BYTES = MAX_BODY_BYTES / 2;

/**
 * The changes that can be under way together: the first ones, of different tasks. A creation goes by
 * itself, so that tasks are created in their order, and so does what is among `alone`.
 */
export function nextWave(
  changes: readonly Change[],
  alone: ReadonlySet<string> = new Set(),
): Change[] {
  const goesAlone = ({ kind, id }: Change) => kind === "create" || alone.has(id);
  const [first, ...rest] = changes;
  if (!first || goesAlone(first)) return first ? [first] : [];
  const wave = [first];
  let bytes = sizeOf(first);
  for (const change of rest) {
    bytes += sizeOf(change);
    const taken = wave.some(({ task }) => task.id === change.task.id);
    const full = wave.length === MAX_CHANGES || bytes > MAX_BYTES;
    if (goesAlone(change) || taken || full) break;
    wave.push(change);
  }
  return wave;
}

const encoder = new TextEncoder();
const sizeOf = (change: Change) =>
  "changes" in change ? encoder.encode(JSON.stringify(change.changes)).length + 100 : 100;
