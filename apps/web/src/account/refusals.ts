import type { PlainKey } from "../strings/translate.ts";
import type { Problem } from "./attempt.ts";

/** Why something about the account was refused, for which no field is at fault. */
export function reasonOf(problem: Problem): PlainKey {
  if (problem === "unreachable") return "auth.unreachable";
  return problem.status === 429 ? "auth.tooManyTries" : "auth.failed";
}

interface PasswordRefusal {
  field?: "current" | "next";
  reason: PlainKey;
}

export function passwordRefusal(problem: Problem): PasswordRefusal {
  if (isWrongPassword(problem)) return { field: "current", reason: "account.password.wrong" };
  const code = problem === "unreachable" ? undefined : problem.code;
  if (code === "PASSWORD_TOO_SHORT") return { field: "next", reason: "auth.passwordTooShort" };
  if (code === "PASSWORD_TOO_LONG") return { field: "next", reason: "auth.passwordTooLong" };
  return { reason: reasonOf(problem) };
}

export const isWrongPassword = (problem: Problem): boolean =>
  problem !== "unreachable" && problem.code === "INVALID_PASSWORD";
