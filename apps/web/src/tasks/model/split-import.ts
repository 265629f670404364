import { MAX_IMPORT_BYTES, MAX_IMPORTED_TASKS } from "@taskbridge/contract/rules";

/** The tasks of one import, each as JSON. */
export type ImportPart = readonly string[];

const serverBounds = { tasks: MAX_IMPORTED_TASKS, bytes: MAX_IMPORT_BYTES };
const sizeOf = (text: string) => new TextEncoder().encode(text).length;
/** Of what stands around a task, and around all of them. */
const [BESIDE, AROUND] = [2, 8];

export const textOfPart = (part: ImportPart) => `[\n${part.join(",\n")}\n]\n`;

/** The tasks in as many parts as the server's limits for one import ask for. */
export function splitImport(tasks: ImportPart, bounds = serverBounds): ImportPart[] {
  const parts: string[][] = [];
  let bytes = 0;
  for (const task of tasks) {
    const size = sizeOf(task) + BESIDE;
    const last = parts.at(-1);
    if (last && last.length < bounds.tasks && bytes + size <= bounds.bytes - AROUND) {
      last.push(task);
      bytes += size;
    } else {
      parts.push([task]);
      bytes = size;
    }
  }
  return parts;
}

/**
 * The parts that are left, in smaller ones, for a way to the server that does not let the first of them
 * through; undefined where that one cannot be cut any further.
 */
export function splitSmaller(left: readonly ImportPart[]): ImportPart[] | undefined {
  const [refused] = left;
  if (!refused || refused.length < 2) return undefined;
  const bounds = {
    tasks: Math.ceil(refused.length / 2),
    bytes: Math.ceil(sizeOf(textOfPart(refused)) / 2) + AROUND,
  };
  return left.flatMap((part) => splitImport(part, bounds));
}
