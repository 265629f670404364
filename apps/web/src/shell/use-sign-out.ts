import { askAs } from "../account/attempt.ts";
import { authClient, withDeadline } from "../auth-client.ts";
import { useOutbox } from "../tasks/outbox/provider.tsx";
import { useSessionControl, useUserId } from "../trpc/provider.tsx";

/** Given the names of what may be lost; what another page has added since stays until its user is back. */
export type SignOut = (lost?: ReadonlySet<string>) => unknown;

/**
 * Goes on to another page and leaves nothing of this person in the browser, unsent changes included; of those
 * and of drafts only what is `lost`, where that is given.
 */
export function useLeave(): (to: string, lost?: ReadonlySet<string>) => void {
  const { leave } = useSessionControl();
  const outbox = useOutbox();
  return (to, lost) => {
    outbox.forget(lost);
    leave(to, lost);
  };
}

/**
 * Ends the session and leaves nothing of it in this browser; `onFailure` where the server cannot be
 * told. What is not sent yet is lost: ask first.
 */
export function useSignOut(onFailure: () => void): SignOut {
  const leave = useLeave();
  const userId = useUserId();
  return async (lost) => {
    const { problem } = await askAs(userId, () => authClient.signOut(withDeadline));
    if (problem) return onFailure();
    leave("/sign-in", lost);
  };
}
