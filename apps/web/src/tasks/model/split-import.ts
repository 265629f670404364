import type { TransferFormat } from "@taskbridge/contract";
import { MAX_IMPORT_BYTES, MAX_IMPORTED_TASKS } from "@taskbridge/contract/rules";

/** A part of a file that one import takes. */
export interface ImportPart {
  text: string;
  /** How many lines of the file stand before those of its own, so that a fault is found in the file. */
  linesBefore: number;
}

interface Bounds {
  tasks: number;
  bytes: number;
}

const serverBounds: Bounds = { tasks: MAX_IMPORTED_TASKS, bytes: MAX_IMPORT_BYTES };
const sizeOf = (text: string) => new TextEncoder().encode(text).length;

/**
 * A file in as many parts as the server's limits for one import ask for; one part, as it is, where it fits.
 * Undefined where it does not, and is no list of JSON that could be taken apart.
 */
export function splitImport(
  format: TransferFormat,
  text: string,
  bounds: Bounds = serverBounds,
): ImportPart[] | undefined {
  const fits = sizeOf(text) <= bounds.bytes;
  const whole = [{ text, linesBefore: 0 }];
  const [head = "", pieces] = (format === "csv" ? rowsOf(text) : elementsOf(text)) ?? [];
  if (!pieces) return fits ? whole : undefined;
  if (fits && pieces.length <= bounds.tasks) return whole;
  const frame =
    format === "csv"
      ? (rows: string[]) => headOfPart(head) + rows.join("")
      : (elements: string[]) => `[\n${elements.join(",\n")}\n]\n`;
  const parts: ImportPart[] = [];
  let taken: string[] = [];
  let bytes = 0;
  let lines = 0;
  let linesBefore = 0;
  const room = bounds.bytes - sizeOf(frame([]));
  for (const piece of pieces) {
    const size = sizeOf(piece) + 2;
    if (taken.length > 0 && (taken.length === bounds.tasks || bytes + size > room)) {
      parts.push({ text: frame(taken), linesBefore });
      [taken, bytes, linesBefore] = [[], 0, lines];
    }
    taken.push(piece);
    bytes += size;
    lines += format === "csv" ? linesIn(piece) : 1;
  }
  return [...parts, { text: frame(taken), linesBefore }];
}

/**
 * The parts that are left, in smaller ones, for a way to the server that does not let the first of them
 * through; undefined where that one cannot be cut any further.
 */
export function splitSmaller(
  format: TransferFormat,
  left: readonly ImportPart[],
): ImportPart[] | undefined {
  const [refused] = left;
  if (!refused) return undefined;
  const bounds = { tasks: MAX_IMPORTED_TASKS, bytes: Math.floor(sizeOf(refused.text) / 2) };
  const [first = [], ...rest] = left.map(({ text, linesBefore }) =>
    (splitImport(format, text, bounds) ?? []).map((part) => ({
      text: part.text,
      linesBefore: linesBefore + part.linesBefore,
    })),
  );
  return first.length > 1 ? [...first, ...rest.flat()] : undefined;
}

/** With its last name in quotes: an export's part is no export that was cut off. */
const headOfPart = (head: string) => head.replace(/[^",\r\n]+(?=\r?\n$)/, '"$&"');

const linesIn = (text: string) => text.split("\n").length - 1;

/** The header of a CSV text and its rows, each with its line end, which a quoted field may hold too. */
function rowsOf(text: string): [head: string, rows: string[]] {
  const rows: string[] = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    if (character !== "\n" || quoted) continue;
    rows.push(text.slice(start, at + 1));
    start = at + 1;
  }
  // As it is: a file without its last line end was cut short, which the server is to see.
  if (start < text.length) rows.push(text.slice(start));
  const [head = "", ...rest] = rows;
  return [head, rest];
}

/** The elements of a JSON array, a line each as an export has them; undefined where it is none. */
function elementsOf(text: string): [head: "", elements: string[]] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? ["", value.map((each) => JSON.stringify(each))] : undefined;
  } catch {
    return undefined;
  }
}
