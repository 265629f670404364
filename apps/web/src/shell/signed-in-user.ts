import { store } from "../lib/browser-storage.ts";

const NAME = "taskbridge.user";

let noted = false;

/** To be called by each page of somebody who is signed in. */
export function noteSignedIn(userId: string): void {
  // Where there is no room, nobody can tell a session that ended from a sign-out.
  if (store(localStorage, NAME, userId)) noted = true;
}

/** To be called where somebody signs out, before what is theirs goes. */
export function noteSignedOut(): void {
  localStorage.removeItem(NAME);
}

/** Whoever was signed in here last and has not signed out: on the sign-in page, their session has ended. */
export const lastSignedIn = (): string | null => localStorage.getItem(NAME);

/** Whether somebody has signed out, in whichever tab, since this page began. */
export const hasSignedOut = (): boolean => noted && lastSignedIn() === null;
