import type { AppRouter } from "@taskbridge/api";
import type { FieldError } from "@taskbridge/contract";
import { TRPCClientError } from "@trpc/client";
import { saysAway } from "../gateway.ts";
import { SignedOutError } from "./access-token.ts";
import { AnsweredBetweenError } from "./answered-between.ts";

/** What a failed call comes to: the error table's stable code, and the fields at fault. */
export interface CallFailure {
  code: string;
  status?: number;
  errors: readonly FieldError[];
}

export function failureOf(error: unknown): CallFailure {
  const data = isApiError(error) ? error.data : undefined;
  if (data) return { code: data.code, status: data.httpStatus, errors: data.errors ?? [] };
  if (isSignedOut(error)) return { code: "signed_out", errors: [] };
  // It says nothing in the API's words, so it is none of the server's.
  const status = responseOf(error)?.status;
  if (status === undefined || isPassing(status)) return { code: "unreachable", errors: [] };
  return { code: status === 413 ? "too_large_on_the_way" : "between", status, errors: [] };
}

/** The answer that a failed call got, whoever it was from. */
function responseOf(error: unknown): Response | undefined {
  if (!isApiError(error)) return undefined;
  if (error.cause instanceof AnsweredBetweenError) return error.cause.response;
  return error.meta?.response instanceof Response ? error.meta.response : undefined;
}

/** How long the server asks to be left alone, in milliseconds. */
export function restMs(error: unknown): number {
  const seconds = Number(responseOf(error)?.headers.get("retry-after"));
  return Number.isFinite(seconds) ? Math.min(seconds, 120) * 1_000 : 0;
}

/** Whether a call failed because the session is over; an outage is not that. */
export const isSignedOut = (error: unknown): boolean =>
  isApiError(error) && error.cause instanceof SignedOutError;

/** Gateways' own statuses, and what asks to come back later: nobody has refused anything yet. */
const isPassing = (status: number) => status === 408 || status === 429 || saysAway(status);

/** Whether the server was out of reach, so that the same call may well succeed later. */
export function isOutage(error: unknown): boolean {
  if (isSignedOut(error)) return false;
  const { code, status } = failureOf(error);
  return code === "unreachable" || (status !== undefined && isPassing(status));
}

/** The same, but for servers that answered, and ask for some rest. */
export const isUnreachable = (error: unknown): boolean =>
  isOutage(error) && failureOf(error).status !== 429;

/** Why nothing can be sent at the moment, whatever it is. */
export type Trouble =
  /** Nobody answers, or says so of the server. */
  | "away"
  /** Something else answers in the server's place. */
  | "between"
  /** The server wants a rest. */
  | "busy"
  /** The server's hosts disagree about what time it is, so that the token is not valid yet, or no more. */
  | "clocks"
  /** The server refuses the token, and a new one as well. */
  | "refused";

/** What stands in the way of all calls; undefined where a failure is about the one call. */
export function troubleOf(error: unknown): Trouble | undefined {
  const { code, status } = failureOf(error);
  if (code === "rate_limited" || status === 429) return "busy";
  // The other one: an earlier attempt is still under way, whose answer was lost.
  if (isOutage(error) || code === "idempotency_in_progress") return "away";
  if (code === "between") return concernsAll(status) ? "between" : undefined;
  if (status !== 401) return undefined;
  return code === "token_not_yet_valid" || code === "token_expired" ? "clocks" : "refused";
}

/**
 * Whether a proxy that answers so lets nothing through: one that asks for a sign-in, or does not find
 * the server. Other client errors may be about what a call says, such as a word that a firewall stops.
 */
const concernsAll = (status = 0) =>
  status < 400 || status >= 500 || status === 401 || status === 404 || status === 407;

/** Client errors stay what they are however often one asks; only outages are worth a retry. */
export function isWorthARetry(failures: number, error: unknown): boolean {
  const status = isApiError(error) ? error.data?.httpStatus : undefined;
  return failures < 2 && !isSignedOut(error) && (status === undefined || status >= 500);
}

const isApiError = (error: unknown): error is TRPCClientError<AppRouter> =>
  error instanceof TRPCClientError;
