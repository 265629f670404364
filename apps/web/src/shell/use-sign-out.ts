import { authClient } from "../auth-client.ts";
import { useOutbox } from "../tasks/outbox/provider.tsx";
import { useForget } from "../trpc/provider.tsx";

/**
 * Ends the session and leaves nothing of it in this browser; `onFailure` where the server cannot be
 * told. What is not sent yet is lost: ask first.
 */
export function useSignOut(onFailure: () => void): () => Promise<void> {
  const forget = useForget();
  const outbox = useOutbox();
  return async () => {
    const { error } = await authClient.signOut().catch(() => ({ error: true }));
    if (error) return onFailure();
    outbox.forget();
    forget();
    // A full load, so that nothing else of this person stays in memory either.
    window.location.replace("/sign-in");
  };
}
