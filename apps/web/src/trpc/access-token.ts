/** There is no session any more: only a new sign-in helps. */
export class SignedOutError extends Error {
  override readonly name = "SignedOutError";
}

export interface AccessTokenSource {
  /** The token to send now; fetched anew before it ends. Rejects with `SignedOutError` or a fetch's error. */
  get: () => Promise<string>;
  /** Forgets the token, and whatever fetch is under way. */
  clear: () => void;
}

interface Options {
  fetchToken: () => Promise<string>;
  /** Milliseconds of a clock that never jumps. */
  now?: () => number;
}

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
    const mine: Promise<string> = fetchToken().then(
      (token) => {
        // Cleared meanwhile: this token belongs to a session that is no longer ours.
        if (pending === mine) {
          held = { token, staleAt: asked + lifetimeOf(token) - SPARE_MS };
          pending = undefined;
        }
        return token;
      },
      (error: unknown) => {
        if (pending === mine) pending = undefined;
        throw error;
      },
    );
    pending = mine;
    return mine;
  };

  return {
    get: () => {
      if (held && now() < held.staleAt) return Promise.resolve(held.token);
      return pending ?? load();
    },
    clear: () => {
      held = undefined;
      pending = undefined;
    },
  };
}

/** How long the token lives, by its own two times: the viewer's clock may be wrong. */
function lifetimeOf(token: string): number {
  const payload = token.split(".")[1] ?? "";
  const { iat, exp } = JSON.parse(atob(payload.replace(/-/g, "+").replace(/_/g, "/")));
  return (exp - iat) * 1000;
}

/** Exchanges the session cookie for a token. */
export async function fetchAccessToken(): Promise<string> {
  const response = await fetch("/api/auth/token", { cache: "no-store" });
  if (response.status === 401) throw new SignedOutError("You are signed out.");
  if (!response.ok) throw new Error("The server gave no access token. Try again in a moment.");
  const { token } = await response.json();
  return token;
}
