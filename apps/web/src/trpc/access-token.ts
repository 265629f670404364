import { AnsweredBetweenError, fetchHere } from "./answered-between.ts";

/** There is no session any more: only a new sign-in helps. */
export class SignedOutError extends Error {
  override readonly name = "SignedOutError";
}

export interface AccessTokenSource {
  /**
   * The token to send now; fetched anew before it ends. Rejects with `SignedOutError` where there is
   * no session, and with the fetch's own error where the server is in trouble.
   */
  get: () => Promise<string>;
  /** Forgets this token, which the server refused; not a newer one that another call has fetched. */
  drop: (token: string) => void;
  /** Forgets the token, and whatever fetch is under way. */
  clear: () => void;
}

interface Options {
  fetchToken: () => Promise<string>;
  /** Milliseconds of a clock that never jumps. */
  now?: () => number;
}

const DEADLINE_MS = 30_000;

/** A token with less than this left is fetched anew. */
const SPARE_MS = 60_000;

/**
 * Keeps the access token in memory, where no storage and no later visitor can give it away. One
 * fetch is under way at most, however many calls wait for it.
 */
export function createAccessTokenSource({
  fetchToken,
  now = () => performance.now(),
}: Options): AccessTokenSource {
  let held: { token: string; staleAt: number } | undefined;
  let pending: Promise<string> | undefined;

  const load = () => {
    const asked = now();
    const mine: Promise<string> = fetchToken()
      .then((token) => {
        const staleAt = asked + lifetimeOf(token) - SPARE_MS;
        // Cleared meanwhile: this token belongs to a session that is no longer ours.
        if (pending === mine) held = { token, staleAt };
        return token;
      })
      .finally(() => {
        if (pending === mine) pending = undefined;
      });
    pending = mine;
    return mine;
  };

  return {
    get: () => {
      if (held && now() < held.staleAt) return Promise.resolve(held.token);
      return pending ?? load();
    },
    drop: (token) => {
      if (held?.token === token) held = undefined;
    },
    clear: () => {
      held = undefined;
      pending = undefined;
    },
  };
}

/** How long the token lives, by its own two times: the viewer's clock may be wrong. */
function lifetimeOf(token: string): number {
  const { iat, exp } = unsafeClaims(token);
  return (exp - iat) * 1000;
}

/** Whose token it is. */
export const userOf = (token: string): string => unsafeClaims(token).user_id;

/** What the token says, unverified: good enough for whom it was issued to, and for nobody else. */
function unsafeClaims(token: string): { iat: number; exp: number; user_id: string } {
  const payload = token.split(".")[1] ?? "";
  return JSON.parse(atob(payload.replace(/-/g, "+").replace(/_/g, "/")));
}

/** Exchanges the session cookie for a token. */
export async function fetchAccessToken(): Promise<string> {
  // All calls wait for it.
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const response = await fetchHere("/api/auth/token", { cache: "no-store", signal });
  // Only the server knows of sessions, and it asks for no password and answers this with no page.
  const { headers } = response;
  const between =
    headers.has("www-authenticate") || headers.get("content-type")?.startsWith("text/html");
  if (between && response.status < 500) throw new AnsweredBetweenError(response);
  if (response.status === 401) throw new SignedOutError("You are signed out.");
  if (!response.ok) throw new Error(`The server gave no access token, but ${response.status}.`);
  const { token } = await response.json();
  return token;
}
