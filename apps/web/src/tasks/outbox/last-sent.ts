import { store } from "../../lib/browser-storage.ts";

const NAME = "taskbridge.sent";

/** To be called when the server has made a change: a page that is being drawn may have been read before it. */
export function noteSent(): void {
  // Where there is no room, it is not noted: what it would be good for lasts a moment.
  store(localStorage, NAME, String(performance.timeOrigin + performance.now()));
}

/**
 * Whether the server has made a change, of any page in this browser, since this page was asked for. The
 * page before it lives on until this one comes, and sends what it has to send.
 */
export const sentSinceAsked = (): boolean =>
  typeof window !== "undefined" && Number(localStorage.getItem(NAME)) >= performance.timeOrigin;

export const forgetSent = () => localStorage.removeItem(NAME);
