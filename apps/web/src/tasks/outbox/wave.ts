import type { Change } from "../model/change.ts";

/** What one batch may hold, and some room below what the server reads of a body. */
const MAX_CHANGES = 20;
const MAX_LENGTH = 30_000;

/**
 * The changes that can be under way together: the first ones, of different tasks. A creation goes by
 * itself, so that tasks are created in their order.
 */
export function nextWave(changes: readonly Change[]): Change[] {
  const [first, ...rest] = changes;
  if (!first || first.kind === "create") return first ? [first] : [];
  const wave = [first];
  let length = sizeOf(first);
  for (const change of rest) {
    length += sizeOf(change);
    const taken = wave.some(({ task }) => task.id === change.task.id);
    const full = wave.length === MAX_CHANGES || length > MAX_LENGTH;
    if (change.kind === "create" || taken || full) break;
    wave.push(change);
  }
  return wave;
}

const sizeOf = (change: Change) =>
  "changes" in change ? JSON.stringify(change.changes).length + 100 : 100;
