import { ask, isOver, type Problem } from "../forms/refusal.ts";
import { toSignIn } from "../trpc/provider.tsx";

/**
 * Asks Better Auth for something about the account. Where the session is over it does not resolve: the
 * page is on its way to sign-in.
 */
export const attempt: typeof ask = async (call) => unlessOver(await ask(call));

/** The same for what has been answered. */
export function unlessOver<Answer extends { problem?: Problem | undefined }>(
  answer: Answer,
): Answer | Promise<never> {
  if (!isOver(answer.problem)) return answer;
  toSignIn();
  return new Promise(() => {});
}
