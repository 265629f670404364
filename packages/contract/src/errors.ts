/**
 * What can go wrong in the domain, by its stable, machine-readable code. Statuses are not decided
 * here: packages/api has the one table that maps every code to a tRPC code and an HTTP status.
 */
export const domainErrorCodes = [
  "task_not_found",
  "not_found",
  "owner_gone",
  "version_mismatch",
  "version_required",
  "validation_failed",
  "malformed_import",
  "too_many_tasks",
] as const;

export type DomainErrorCode = (typeof domainErrorCodes)[number];

/** One field that was refused. `pointer` is a JSON pointer (RFC 6901) into the input, "" for all of it. */
export interface FieldError {
  pointer: string;
  message: string;
  /** Where in an imported text, counted from 1. */
  line?: number;
}

/** Thrown by services. `message` is one clear sentence that may be shown to the caller. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: DomainErrorCode;
  readonly errors: readonly FieldError[] | undefined;

  constructor(code: DomainErrorCode, message: string, errors?: readonly FieldError[]) {
    super(message);
    this.code = code;
    this.errors = errors;
  }
}
