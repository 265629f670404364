import type { ZodError } from "zod";
import type { FieldError } from "./errors.ts";

/** How many errors are told: an answer must not grow with what was wrong in the input. */
export const MAX_FIELD_ERRORS = 100;

/** The fields that a schema refused, the first of them; Zod names unknown keys in one issue, here each has its own. */
export function fieldErrorsOf({ issues }: Pick<ZodError, "issues">): FieldError[] {
  const errors: FieldError[] = [];
  for (const issue of issues) {
    const room = MAX_FIELD_ERRORS - errors.length;
    if (room <= 0) break;
    if (issue.code !== "unrecognized_keys") {
      errors.push({ pointer: pointerOf(issue.path), message: issue.message });
      continue;
    }
    for (const key of issue.keys.slice(0, room)) {
      errors.push({ pointer: pointerOf([...issue.path, key]), message: "Is not a known field." });
    }
  }
  return errors;
}

/** The JSON pointer (RFC 6901) to what is at a path. */
export const pointerOf = (path: readonly PropertyKey[]) =>
  path.map((key) => `/${String(key).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
