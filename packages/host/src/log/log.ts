import { errorFields } from "./error-fields.ts";
import { redact } from "./redact.ts";

export type LogLevel = "info" | "warn" | "error";

/**
 * One JSON object a line on standard error. Every text in it goes through `redact`, and whatever a
 * client sent is escaped: it cannot forge a line, nor speak to the terminal that shows it.
 */
export function log(
  level: LogLevel,
  message: string,
  fields: Readonly<Record<string, string | number | boolean>> = {},
  error?: unknown,
): void {
  const cause = error === undefined ? {} : { error: errorFields(error) };
  const line = { time: new Date().toISOString(), level, message, ...fields, ...cause };
  process.stderr.write(`${toLine(line)}\n`);
}

function toLine(value: object): string {
  const json = JSON.stringify(value, (_, member) =>
    typeof member === "string" ? redact(member) : member,
  );
  // JSON leaves DEL, C1 (0x9b is an escape sequence's beginning), U+2028 and U+2029, and what turns
  // the direction of writing as they are.
  return json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeUnits);
}

const escapeUnits = (character: string) =>
  Array.from({ length: character.length }, (_, at) => {
    const unit = character.charCodeAt(at).toString(16).padStart(4, "0");
    return `\\u${unit}`;
  }).join("");
