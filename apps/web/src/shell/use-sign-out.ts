import { authClient } from "../auth-client.ts";
import { useForget } from "../trpc/provider.tsx";

/** Ends the session and leaves nothing of it in memory; `onFailure` where the server cannot be told. */
export function useSignOut(onFailure: () => void): () => Promise<void> {
  const forget = useForget();
  return async () => {
    const { error } = await authClient.signOut().catch(() => ({ error: true }));
    if (error) return onFailure();
    forget();
    // A full load, so that nothing else of this person stays in memory either.
    window.location.replace("/sign-in");
  };
}
