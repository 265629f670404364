import { visit } from "jsonc-parser";
import { UnreadableFileError } from "../../file-tasks.ts";

export type JsonObject = Record<string, unknown>;

/** A JSON file, and on which line the object at a path in it begins. */
export interface JsonFile {
  value: unknown;
  lineOf: (...path: (string | number)[]) => number;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const textIn = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

export function parseJson(text: string): JsonFile {
  try {
    return { value: JSON.parse(text), lineOf: linesOf(text) };
  } catch {
    return parseLines(text);
  }
}

/** An object a line, as some programs write lists. */
function parseLines(text: string): JsonFile {
  const lines = text.split(/\r\n|\n/).flatMap((line, at) => (line.trim() ? [{ line, at }] : []));
  try {
    const value = lines.map(({ line }) => JSON.parse(line.trim().replace(/,$/, "")));
    return { value, lineOf: (at) => (lines[Number(at)]?.at ?? 0) + 1 };
  } catch {
    throw new UnreadableFileError("badJson", { line: firstErrorIn(text) });
  }
}

/** What `JSON.parse` does not tell: where things are. */
function linesOf(text: string): JsonFile["lineOf"] {
  const lines = new Map<string, number>();
  const note = (line: number, path: (string | number)[]) => lines.set(path.join("/"), line + 1);
  visit(text, {
    onObjectBegin: (_offset, _length, line, _character, path) => void note(line, path()),
    onLiteralValue: (_value, _offset, _length, line, _character, path) => {
      if (path().length === 1) note(line, path());
    },
  });
  return (...path) => lines.get(path.join("/")) ?? 1;
}

function firstErrorIn(text: string): number {
  let first: number | undefined;
  visit(text, {
    onError: (_error, _offset, _length, line) => {
      first ??= line + 1;
    },
  });
  return first ?? 1;
}
