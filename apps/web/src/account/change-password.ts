import { mayBeDone, type Problem } from "../forms/refusal.ts";

type Answer = Promise<{ problem?: Problem | undefined }>;

interface Calls {
  change: (current: string, next: string) => Answer;
  /** Whether this is the password, as far as the server says: begins a session if it is. */
  signIn: (password: string) => Answer;
  /** Told where nobody knows what came of a try, and again where that is known. */
  onUnanswered: (unanswered: boolean) => void;
}

/**
 * Changes the password so that trying again does no harm. A try whose answer was lost may have changed
 * it, and has then ended the session, too: whether it did shows in the new password being the right one.
 */
export function createPasswordChange({ change, signIn, onUnanswered }: Calls) {
  /** What the password may be by now, the likeliest last. */
  const perhaps: string[] = [];

  async function attempt(current: string, next: string): Answer {
    const { problem } = await change(current, next);
    if (!problem || mayBeDone(problem)) return { problem };
    for (const password of perhaps.toReversed()) {
      const signedIn = await signIn(password);
      if (!signedIn.problem) return password === next ? {} : change(password, next);
      if (mayBeDone(signedIn.problem)) return signedIn;
    }
    return { problem };
  }

  return async (current: string, next: string): Answer => {
    const answer = await attempt(current, next);
    if (answer.problem && mayBeDone(answer.problem)) {
      if (!perhaps.includes(next)) perhaps.push(next);
      onUnanswered(true);
    } else if (!answer.problem) {
      perhaps.length = 0;
      onUnanswered(false);
    }
    return answer;
  };
}
