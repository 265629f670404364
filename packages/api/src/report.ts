import { TRPCError } from "@trpc/server";
import type { ReportError } from "./context.ts";
import { type Failure, failureOf } from "./errors.ts";

/** Tells an error as callers are told it, and the host of what is no fault of theirs. */
export function reportFailure(
  reportError: ReportError,
  error: unknown,
  where: Parameters<ReportError>[1],
): Failure {
  const failure = failureOf(error);
  if (failure.status >= 500) {
    const cause = error instanceof TRPCError && error.cause ? error.cause : error;
    reportError(cause, where);
  }
  return failure;
}
