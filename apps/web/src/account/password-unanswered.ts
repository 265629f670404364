const NAME = "taskbridge.password-unanswered";

/** Whether the password was to be changed, and nobody knows whether it was. */
export function notePasswordUnanswered(unanswered: boolean): void {
  try {
    if (unanswered) sessionStorage.setItem(NAME, "true");
    else sessionStorage.removeItem(NAME);
  } catch {
    // There is no room: then the sign-in page does not speak of it.
  }
}

export const isPasswordUnanswered = (): boolean => sessionStorage.getItem(NAME) !== null;
