import type { ZodError } from "zod";
import type { FieldError } from "./errors.ts";

/** How many unknown members of one object are told. */
const MAX_KEYS = 100;

/** The fields that a schema refused; Zod names unknown keys in one issue, here each has its own. */
export const fieldErrorsOf = ({ issues }: Pick<ZodError, "issues">): FieldError[] =>
  issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") {
      return [{ pointer: pointerOf(issue.path), message: issue.message }];
    }
    return issue.keys.slice(0, MAX_KEYS).map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      message: "Is not a known field.",
    }));
  });

/** The JSON pointer (RFC 6901) to what is at a path. */
export const pointerOf = (path: readonly PropertyKey[]) =>
  path.map((key) => `/${String(key).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
