import { store } from "../../lib/browser-storage.ts";

/** How long the page whose turn it is may go without a sign of life. */
const LEASE_MS = 10_000;
const BEAT_MS = 1_000;

/** Browsers have no locks on plain HTTP; there, pages do not wait for each other. */
export const hasTurns = () => "locks" in navigator;

/** Works in this page's turn; `isMine` says whether it still is. */
export type TakeTurn = (work: (isMine: () => boolean) => Promise<void>) => Promise<void>;

/**
 * Lets one page at a time work, of all that share a name. A page that was closed gives its turn up at once. One
 * that the browser has frozen would keep it for as long as it is frozen: it gives no sign of life, and the
 * turn is taken from it.
 */
export function createTurns(name: string): TakeTurn {
  if (!hasTurns()) return (work) => work(() => true);
  const { locks } = navigator;

  return async (work) => {
    let mine = true;
    const waiting = new AbortController();
    const asked = Date.now();
    const watching = setInterval(() => {
      const lastBeat = Number(localStorage.getItem(name));
      if (Date.now() - Math.max(asked, lastBeat) > LEASE_MS) waiting.abort();
    }, BEAT_MS);
    const hold = async () => {
      clearInterval(watching);
      beat(name);
      const beating = setInterval(() => mine && beat(name), BEAT_MS);
      try {
        await work(() => mine);
      } finally {
        clearInterval(beating);
        if (mine) localStorage.removeItem(name);
      }
    };
    try {
      await locks.request(name, { signal: waiting.signal }, hold).catch((error) => {
        if (!waiting.signal.aborted) throw error;
        return locks.request(name, { steal: true }, hold);
      });
    } catch (error) {
      if (!isAbort(error)) throw error;
      // This page stood still, and another one took the turn.
      mine = false;
    } finally {
      clearInterval(watching);
    }
  };
}

/** Where there is no room for it, the turn may be taken from this page while it works, which does no harm. */
const beat = (name: string) => store(localStorage, name, String(Date.now()));

const isAbort = (error: unknown) => error instanceof DOMException && error.name === "AbortError";
