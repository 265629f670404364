import { saysAway } from "../gateway.ts";
import type { PlainKey } from "../strings/translate.ts";
import { AnsweredBetweenError } from "../trpc/answered-between.ts";

/** What Better Auth's client tells of an answer that is no success. */
export interface AuthError {
  status: number;
  code?: string | undefined;
  /** Whether something else than the server answered. */
  between?: boolean;
}

/** What came of asking Better Auth for something, where it is not done. */
export type Problem = AuthError | "unreachable";

/** Why something was not done, as the key of one sentence, and which field is at fault. */
export interface Refusal<Field extends string = string> {
  reason: PlainKey;
  field?: Field | undefined;
}

/** What Better Auth calls that which whoever fills in a form can mend. */
const reasons = {
  INVALID_EMAIL: "auth.invalidEmail",
  INVALID_EMAIL_OR_PASSWORD: "auth.wrong",
  INVALID_ORIGIN: "auth.wrongAddress",
  INVALID_PASSWORD: "account.password.wrong",
  PASSWORD_TOO_COMMON: "auth.passwordTooCommon",
  PASSWORD_TOO_LONG: "auth.passwordTooLong",
  PASSWORD_TOO_PERSONAL: "auth.passwordTooPersonal",
  PASSWORD_TOO_SHORT: "auth.passwordTooShort",
  USER_ALREADY_EXISTS: "auth.taken",
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: "auth.taken",
} as const satisfies Record<string, PlainKey>;
type Mendable = keyof typeof reasons;

/** The statuses of a proxy that lets nobody through; 0 is a redirect, which no script may look into. */
const refusedOnTheWay = [0, 401, 403, 407];

const isMendable = (code: string): code is Mendable => Object.hasOwn(reasons, code);

/** A problem in words of the pages' own; `fields` says where a form has what is at fault. */
export function refusalOf<Field extends string>(
  problem: Problem,
  fields: Partial<Record<Mendable, Field>> = {},
): Refusal<Field> {
  if (problem === "unreachable") return { reason: "auth.unreachable" };
  const { status, code = "", between } = problem;
  if (status === 429) return { reason: "auth.tooManyTries" };
  // The server's own answers have a code.
  if (!code && saysAway(status)) return { reason: "auth.unreachable" };
  if (between || (!code && refusedOnTheWay.includes(status))) return { reason: "problem.between" };
  if (!isMendable(code)) return { reason: "auth.failed" };
  return { reason: reasons[code], field: fields[code] };
}

/** Whether there is no session any more. */
export const isOver = (problem: Problem | undefined): boolean =>
  problem !== undefined && problem !== "unreachable" && problem.status === 401 && !problem.between;

/** Whether the server may have done what it was asked for, although it did not say so. */
export function mayBeDone(problem: Problem): boolean {
  if (problem === "unreachable") return true;
  const { status } = problem;
  // Of those that say "done" it is not the server's.
  return status >= 500 || status === 408 || (status >= 200 && status < 300);
}

/** Asks Better Auth for something. */
export async function ask<Data>(
  call: Promise<{ data: Data; error: AuthError | null }>,
): Promise<{ data: Data; problem?: undefined } | { data?: undefined; problem: Problem }> {
  try {
    const { data, error } = await call;
    return error ? { problem: error } : { data };
  } catch (error) {
    if (!(error instanceof AnsweredBetweenError)) return { problem: "unreachable" };
    const { status } = error.response;
    // With a status of its own trouble, it may be the server's all the same.
    return { problem: { status, between: status < 500 } };
  }
}
