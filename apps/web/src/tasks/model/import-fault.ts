import type { FieldError, TransferFormat } from "@taskbridge/contract";
import type { PlainKey } from "../../strings/translate.ts";
import { fieldOf } from "./refused-field.ts";

/** What is wrong with a file to import at one place, for whoever is to mend it. */
export interface ImportFault {
  line?: number | undefined;
  /** As the file calls it. */
  field?: string | undefined;
  reason: PlainKey;
}

/** A refused import's errors, by their places: a field has one rule, whichever way it is broken. */
export function importFaultOf(
  code: string,
  { pointer, line }: FieldError,
  format: TransferFormat,
): ImportFault {
  if (code === "malformed_import") {
    if (format === "json") return { line, reason: "transfer.badJson" };
    return { line, reason: line === 1 ? "transfer.badHeader" : "transfer.badRow" };
  }
  const [, at, segment] = pointer.split("/");
  // Not of one task, but of all the text.
  if (!at || Number.isNaN(Number(at))) return { line, reason: "transfer.badText" };
  if (segment === undefined) return { line, reason: "transfer.noTask" };
  const field = segment.replaceAll("~1", "/").replaceAll("~0", "~");
  return { line, field, reason: ruleOf(field) };
}

function ruleOf(name: string): PlainKey {
  if (name === "createdAt" || name === "completedAt") return "transfer.badInstant";
  const field = fieldOf(`/${name}`);
  return field ? `rule.${field}` : "transfer.unknown";
}
