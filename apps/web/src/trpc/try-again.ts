import type { CallFailure } from "./failure.ts";

/**
 * Whether the same call may well succeed later: nobody answered, the server is at fault or wants a rest, or
 * somebody on the way answered in its place. What it refuses for its content it refuses again.
 */
export const isWorthTryingAgain = ({ status }: Pick<CallFailure, "status" | "code">): boolean =>
  status === undefined || status === 408 || status === 409 || status === 429 || status >= 500;
