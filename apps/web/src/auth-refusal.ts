/** Why a sign-in or sign-up failed, in one sentence, and which field is at fault. */
export interface Refusal {
  message: string;
  field?: "name" | "email" | "password";
}

export const unreachable: Refusal = {
  message: "The server cannot be reached. Check your connection and try again.",
};

/** What Better Auth answers, in words for the person at the form. */
export function refusalOf(
  error: { status: number; code?: string | undefined } | null,
): Refusal | undefined {
  if (!error) return undefined;
  const { status, code = "" } = error;
  if (status === 429) return { message: "Too many tries. Wait a few minutes and try again." };
  if (status === 401) {
    return { field: "password", message: "The e-mail address or the password is wrong." };
  }
  if (code.startsWith("USER_ALREADY_EXISTS")) {
    return {
      field: "email",
      message: "There is an account with this e-mail address already. Sign in instead.",
    };
  }
  if (code === "INVALID_EMAIL") {
    return { field: "email", message: "This is not an e-mail address." };
  }
  if (code === "PASSWORD_TOO_SHORT") {
    return { field: "password", message: "The password must have at least 8 characters." };
  }
  if (code === "PASSWORD_TOO_LONG") {
    return { field: "password", message: "The password must have at most 128 characters." };
  }
  return { message: "The server could not do that. Try again in a moment." };
}
