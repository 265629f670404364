import { DomainError } from "@taskbridge/contract";

/** One task of an import, before anything is known of it. */
export interface ImportRecord {
  /** Where it begins, counted from 1. */
  line: number;
  value: unknown;
}

/** A text that cannot be taken apart; where, if that is known. */
export const malformed = (message: string, line?: number) =>
  new DomainError("malformed_import", "The import cannot be read; nothing was imported.", [
    line === undefined ? { pointer: "", message } : { pointer: "", message, line },
  ]);
