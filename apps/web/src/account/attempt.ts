import { authClient, withDeadline } from "../auth-client.ts";
import { ask, isOver, type Problem } from "../forms/refusal.ts";
import { loadForAnother } from "../shell/tab-user.ts";
import { toSignIn } from "../trpc/provider.tsx";

/** Somebody else has signed in in another tab, and the page is on its way to be theirs. */
const anothers = { status: 0, code: "SESSION_OF_ANOTHER_USER" } satisfies Problem;

/** The session that the cookie stands for, if any; the page is loaded anew where it is another user's. */
export async function askSession(userId: string) {
  const answer = await ask(authClient.getSession(withDeadline));
  if (!answer.data || answer.data.user.id === userId) return answer;
  loadForAnother();
  return { data: undefined, problem: anothers };
}

/**
 * Asks Better Auth for something about the account of the page's user. Better Auth knows the cookie
 * alone, which may be another user's by now: then nothing is done.
 */
export async function askAs<Data>(
  userId: string,
  call: () => Parameters<typeof ask<Data>>[0],
): ReturnType<typeof ask<Data>> {
  const { problem } = await askSession(userId);
  return problem ? { problem } : ask(call());
}

/**
 * What has been answered, unless the session is over: then it does not resolve, and the page is on its
 * way to sign-in.
 */
export function unlessOver<Answer extends { problem?: Problem | undefined }>(
  answer: Answer,
): Answer | Promise<never> {
  if (!isOver(answer.problem)) return answer;
  toSignIn();
  return new Promise(() => {});
}
