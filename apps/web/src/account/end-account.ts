import { isOver, mayBeDone, type Problem } from "../forms/refusal.ts";

type Answer = Promise<{ problem?: Problem | undefined }>;

interface Calls {
  deleteUser: (password: string) => Answer;
  signIn: (password: string) => Answer;
}

/** `gone`: an earlier try, whose answer was lost, has most likely deleted it. */
export type Ended = { ended: "deleted" | "gone" } | { ended?: undefined; problem: Problem };

/**
 * Deletes the account so that trying again does no harm. After a try whose answer was lost, a session
 * that is over may be over with the account: then nobody can sign in to it any more.
 */
export function createAccountEnd({ deleteUser, signIn }: Calls) {
  let unanswered = false;

  return async (password: string): Promise<Ended> => {
    const { problem } = await deleteUser(password);
    if (!problem) return { ended: "deleted" };
    if (mayBeDone(problem)) {
      unanswered = true;
      return { problem };
    }
    if (!unanswered || !isOver(problem)) return { problem };
    const signedIn = await signIn(password);
    if (!signedIn.problem) {
      const again = await deleteUser(password);
      return again.problem ? { problem: again.problem } : { ended: "deleted" };
    }
    const isRefused =
      signedIn.problem !== "unreachable" && signedIn.problem.code === "INVALID_EMAIL_OR_PASSWORD";
    return isRefused ? { ended: "gone" } : { problem: signedIn.problem };
  };
}
