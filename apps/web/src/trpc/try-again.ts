import type { CallFailure } from "./failure.ts";

/**
 * Whether the same call may well succeed later: nobody answered, the server is at fault or wants a rest, or
 * somebody on the way answered in its place. What it refuses for its content it refuses again.
 */
export const isWorthTryingAgain = ({
  code,
  status,
}: Pick<CallFailure, "code" | "status">): boolean =>
  code === "between" || status === undefined || status >= 500 || [408, 409, 429].includes(status);
