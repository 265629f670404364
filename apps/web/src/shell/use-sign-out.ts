import { askAs } from "../account/attempt.ts";
import { authClient, withDeadline } from "../auth-client.ts";
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
    const { problem } = await holdStill(askAs(userId, () => authClient.signOut(withDeadline)));
    if (problem) return onFailure();
    leave("/sign-in");
  };
}

/**
 * Has the page take in nothing more while its session is being ended: whoever was asked about what would
 * be lost was not asked about that. If it fails, all is as before.
 */
export async function holdStill<Answer extends { problem?: unknown }>(
  ending: Promise<Answer>,
): Promise<Answer> {
  const main = document.querySelector("main");
  const focused = document.activeElement;
  main?.toggleAttribute("inert", true);
  const answer = await ending;
  if (!answer.problem || !main) return answer;
  main.toggleAttribute("inert", false);
  if (focused instanceof HTMLElement && main.contains(focused)) focused.focus();
  return answer;
}
