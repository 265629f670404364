import { store } from "../lib/browser-storage.ts";

const NAME = "taskbridge.password-unanswered";

/** Whether the password was to be changed, and nobody knows whether it was. */
export function notePasswordUnanswered(unanswered: boolean): void {
  // Where there is no room, the sign-in page does not speak of it.
  if (unanswered) store(sessionStorage, NAME, "true");
  else sessionStorage.removeItem(NAME);
}

export const isPasswordUnanswered = (): boolean => sessionStorage.getItem(NAME) !== null;
