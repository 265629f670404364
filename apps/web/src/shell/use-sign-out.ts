import { authClient } from "../auth-client.ts";
import { useSessionControl } from "../trpc/provider.tsx";

/** Ends the session and leaves nothing of it in memory; `onFailure` where the server cannot be told. */
export function useSignOut(onFailure: () => void): () => Promise<void> {
  const { leave } = useSessionControl();
  return async () => {
    const { error } = await authClient.signOut().catch(() => ({ error: true }));
    if (error) return onFailure();
    leave("/sign-in");
  };
}
