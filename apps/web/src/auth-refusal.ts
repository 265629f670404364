import type { Key } from "./strings/translate.ts";

/** Why a sign-in or sign-up failed, as the key of one sentence, and which field is at fault. */
export interface Refusal {
  reason: Extract<Key, `auth.${string}`>;
  field?: "name" | "email" | "password";
}

export const unreachable: Refusal = {
  reason: "auth.unreachable",
};

/** What Better Auth's client tells of an answer that is no success. */
export interface AuthError {
  status: number;
  code?: string | undefined;
}

/** What Better Auth answers, for the person at the form. */
export function refusalOf(error: AuthError | null): Refusal | undefined {
  if (!error) return undefined;
  const { status, code = "" } = error;
  if (status === 429) return { reason: "auth.tooManyTries" };
  if (status === 401) {
    return { field: "password", reason: "auth.wrong" };
  }
  if (code.startsWith("USER_ALREADY_EXISTS")) {
    return {
      field: "email",
      reason: "auth.taken",
    };
  }
  if (code === "INVALID_EMAIL") {
    return { field: "email", reason: "auth.invalidEmail" };
  }
  if (code === "PASSWORD_TOO_SHORT") {
    return { field: "password", reason: "auth.passwordTooShort" };
  }
  if (code === "PASSWORD_TOO_LONG") {
    return { field: "password", reason: "auth.passwordTooLong" };
  }
  return { reason: "auth.failed" };
}
