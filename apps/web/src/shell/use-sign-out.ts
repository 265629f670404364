import { askAs } from "../account/attempt.ts";
import { authClient } from "../auth-client.ts";
import { useOutbox } from "../tasks/outbox/provider.tsx";
import { useSessionControl, useUserId } from "../trpc/provider.tsx";

/** Goes on to another page and leaves nothing of this person in the browser, unsent changes included. */
export function useLeave(): (to: string) => void {
  const { leave } = useSessionControl();
  const outbox = useOutbox();
  return (to) => {
    outbox.forget();
    leave(to);
  };
}

/**
 * Ends the session and leaves nothing of it in this browser; `onFailure` where the server cannot be
 * told. What is not sent yet is lost: ask first.
 */
export function useSignOut(onFailure: () => void): () => Promise<void> {
  const leave = useLeave();
  const userId = useUserId();
  return async () => {
    const { problem } = await askAs(userId, () => authClient.signOut());
    if (problem) return onFailure();
    leave("/sign-in");
  };
}
