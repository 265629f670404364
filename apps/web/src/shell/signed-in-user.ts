const NAME = "taskbridge.user";

let noted = false;

/** To be called by each page of somebody who is signed in. */
export function noteSignedIn(userId: string): void {
  try {
    localStorage.setItem(NAME, userId);
    noted = true;
  } catch {
    // There is no room: then nobody can tell a session that ended from a sign-out.
  }
}

/** To be called where somebody signs out, before what is theirs goes. */
export function noteSignedOut(): void {
  localStorage.removeItem(NAME);
}

/** Whoever was signed in here last and has not signed out: on the sign-in page, their session has ended. */
export const lastSignedIn = (): string | null => localStorage.getItem(NAME);

/** Whether somebody has signed out, in whichever tab, since this page began. */
export const hasSignedOut = (): boolean => noted && lastSignedIn() === null;
