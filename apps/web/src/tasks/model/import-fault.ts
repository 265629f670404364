import type { FieldError } from "@taskbridge/contract";
import type { PlainKey } from "../../strings/translate.ts";
import { fieldOf } from "./refused-field.ts";

/** What is wrong with a file to import at one place, for whoever is to mend it. */
export interface ImportFault {
  line: number;
  /** Of its task, where it has one. */
  title?: string;
  /** As the file calls it. */
  field?: string | undefined;
  /** What stands there. */
  text?: string | undefined;
  reason: PlainKey;
}

interface Place {
  line: number;
  names?: Readonly<Record<string, string>> | undefined;
}

/** A refused field of a task, by its place in the file: it has one rule, whichever way it is broken. */
export function importFaultOf(
  { pointer }: FieldError,
  { line, names }: Place,
  value: Readonly<Record<string, unknown>>,
): ImportFault {
  const name = pointer.split("/")[1] ?? "";
  const text = value[name];
  return {
    line,
    field: names?.[name] ?? name,
    text: typeof text === "string" && text !== "" ? text : undefined,
    reason: ruleOf(name),
  };
}

function ruleOf(name: string): PlainKey {
  const field = fieldOf(`/${name}`);
  return field ? `rule.${field}` : "transfer.badInstant";
}
