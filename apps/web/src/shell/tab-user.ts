import { store } from "../lib/browser-storage.ts";

const NAME = "taskbridge.tab";

let isAnothers = false;

/** To be called with whoever is signed in; says whether the tab was another user's until now. */
export function takeTab(userId: string): boolean {
  const before = sessionStorage.getItem(NAME);
  isAnothers = before !== null && before !== userId;
  // Where there is no room, nobody can tell whose the address was.
  store(sessionStorage, NAME, userId);
  return isAnothers;
}

/**
 * Where to go on in this tab. Where it was another user's until now, so were the words and tags in the
 * query: it goes.
 */
export const ownAddress = (address: string): string =>
  isAnothers ? address.replace(/[?#].*/s, "") : address;

/** Loads the page as that of whoever is signed in by now, without what its user's address says. */
export const loadForAnother = (): void => window.location.replace(window.location.pathname);
