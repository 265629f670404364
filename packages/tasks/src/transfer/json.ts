import { MAX_IMPORTED_TASKS } from "@taskbridge/contract";
import { visit } from "jsonc-parser";
import { type ImportRecord, malformed, tooMany } from "./records.ts";

/** Far more than a task has; the reader calls itself for every level, and the stack has an end. */
const MAX_DEPTH = 100;

/** The elements of a JSON array, each with the line that it begins on. */
export function readJson(text: string): ImportRecord[] {
  const { elements, firstError } = linesOf(text);
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    throw malformed("The text is not valid JSON here.", firstError);
  }
  if (!Array.isArray(values)) throw malformed("The text must be a JSON array of tasks.", 1);
  return values.map((value, at) => ({ line: elements[at] ?? 1, value }));
}

/** What `JSON.parse` does not tell: where things are, counted from 1. */
function linesOf(text: string): { elements: number[]; firstError: number | undefined } {
  const elements: number[] = [];
  let firstError: number | undefined;
  let depth = 0;
  const value = (_offset: number, _length: number, line: number) => {
    if (depth !== 1) return;
    if (elements.length === MAX_IMPORTED_TASKS) throw tooMany();
    elements.push(line + 1);
  };
  const open = (offset: number, length: number, line: number) => {
    if (depth === MAX_DEPTH) throw malformed("The text is nested too deeply.", line + 1);
    value(offset, length, line);
    depth += 1;
  };
  const close = () => {
    depth -= 1;
  };
  visit(text, {
    onObjectBegin: open,
    onObjectEnd: close,
    onArrayBegin: open,
    onArrayEnd: close,
    onLiteralValue: (offset, length, _, line) => value(offset, length, line),
    onError: (_error, _offset, _length, line) => {
      firstError ??= line + 1;
    },
  });
  return { elements, firstError };
}
