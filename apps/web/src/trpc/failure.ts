import type { AppRouter } from "@taskbridge/api";
import type { FieldError } from "@taskbridge/contract";
import { TRPCClientError } from "@trpc/client";
import { SignedOutError } from "./access-token.ts";

/** What a failed call comes to: the error table's stable code, and the fields at fault. */
export interface CallFailure {
  code: string;
  status?: number;
  errors: readonly FieldError[];
}

export function failureOf(error: unknown): CallFailure {
  const data = isApiError(error) ? error.data : undefined;
  if (data) return { code: data.code, status: data.httpStatus, errors: data.errors ?? [] };
  return { code: isSignedOut(error) ? "signed_out" : "unreachable", errors: [] };
}

/** Whether a call failed because the session is over; an outage is not that. */
export const isSignedOut = (error: unknown): boolean =>
  isApiError(error) && error.cause instanceof SignedOutError;

/** Gateways' own statuses, and what asks to come back later: nobody has refused anything yet. */
const passing = [408, 429, 502, 503, 504];

/** Whether the server was out of reach, so that the same call may well succeed later. */
export function isOutage(error: unknown): boolean {
  if (isSignedOut(error)) return false;
  const status = isApiError(error) ? error.data?.httpStatus : undefined;
  return status === undefined || passing.includes(status);
}

/** The same, but for servers that answered, and ask for some rest. */
export const isUnreachable = (error: unknown): boolean =>
  isOutage(error) && failureOf(error).status !== 429;

/** Client errors stay what they are however often one asks; only outages are worth a retry. */
export function isWorthARetry(failures: number, error: unknown): boolean {
  const status = isApiError(error) ? error.data?.httpStatus : undefined;
  return failures < 2 && !isSignedOut(error) && (status === undefined || status >= 500);
}

const isApiError = (error: unknown): error is TRPCClientError<AppRouter> =>
  error instanceof TRPCClientError;
