import { DomainError, type FieldError, MAX_IMPORTED_TASKS } from "@taskbridge/contract";

/** One task of an import, before anything is known of it. */
export interface ImportRecord {
  /** Where it begins, counted from 1. */
  line: number;
  value: unknown;
}

/** Thrown before the rest is looked at. */
export const tooMany = () => {
  const message = `Must hold at most ${MAX_IMPORTED_TASKS} tasks.`;
  return refused(message, [{ pointer: "", message }]);
};

export const refused = (message: string, errors: FieldError[]) =>
  new DomainError("validation_failed", `${message} Nothing was imported.`, errors);

/** A text that cannot be taken apart; where, if that is known. */
export const malformed = (message: string, line?: number) =>
  new DomainError("malformed_import", "The import cannot be read; nothing was imported.", [
    line === undefined ? { pointer: "", message } : { pointer: "", message, line },
  ]);
