import type { AuthError } from "../auth-refusal.ts";
import { toSignIn } from "../trpc/provider.tsx";

export type Problem = AuthError | "unreachable";

/**
 * Asks Better Auth for something. Resolves with what it refused, if it did. Where the session is over it
 * does not resolve: the page is on its way to sign-in.
 */
export async function attempt<Data>(
  call: Promise<{ data: Data; error: AuthError | null }>,
): Promise<{ data: Data; problem?: undefined } | { problem: Problem }> {
  const answer = await call.catch(() => undefined);
  if (!answer) return { problem: "unreachable" };
  if (!answer.error) return { data: answer.data };
  if (answer.error.status === 401) {
    toSignIn();
    return new Promise(() => {});
  }
  return { problem: answer.error };
}
