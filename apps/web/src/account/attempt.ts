import { ask } from "../forms/refusal.ts";
import { toSignIn } from "../trpc/provider.tsx";

/**
 * Asks Better Auth for something about the account. Where the session is over it does not resolve: the
 * page is on its way to sign-in.
 */
export const attempt: typeof ask = async (call) => {
  const answer = await ask(call);
  const { problem } = answer;
  if (problem && problem !== "unreachable" && problem.status === 401) {
    toSignIn();
    return new Promise(() => {});
  }
  return answer;
};
