import { store } from "../lib/browser-storage.ts";

const NAME = "taskbridge.user";

/** Whose page this is, once it is noted for all to see. */
let noted: string | undefined;

/** To be called by each page of somebody who is signed in. */
export function noteSignedIn(userId: string): void {
  // Where there is no room, nobody can tell a session that ended from a sign-out.
  if (store(localStorage, NAME, userId)) noted = userId;
}

/** To be called where somebody signs out, before what is theirs goes. Whoever has signed in since stays. */
export function noteSignedOut(userId: string): void {
  if (lastSignedIn() === userId) localStorage.removeItem(NAME);
}

/** Whoever was signed in here last and has not signed out: on the sign-in page, their session has ended. */
export const lastSignedIn = (): string | null => localStorage.getItem(NAME);

/** Whether this page's user is no longer the one who is signed in, in whichever tab that came about. */
export const hasSignedOut = (): boolean => noted !== undefined && lastSignedIn() !== noted;
