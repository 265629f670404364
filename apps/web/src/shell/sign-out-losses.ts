import { pageDrafts } from "../tasks/drafts/page-drafts.ts";
import type { Outbox } from "../tasks/outbox/outbox.ts";
import { runningWork } from "../tasks/running-work.ts";

/** What a sign-out would lose, of all of the user's pages in this browser. */
export interface Losses {
  unsent: number;
  drafts: number;
  running: number;
  /** What these are called in the browser. */
  names: ReadonlySet<string>;
}

export async function lossesOf(
  userId: string,
  outbox: Pick<Outbox, "countUnsent" | "unsentNames">,
): Promise<Losses> {
  const running = await runningWork(userId);
  const drafts = pageDrafts().keysOf(userId);
  return {
    unsent: outbox.countUnsent(),
    drafts: drafts.length,
    running: running.length,
    names: new Set([...outbox.unsentNames(), ...drafts, ...running]),
  };
}

/** Whether there is something to lose, and more of it than somebody has agreed to. */
export function mustAsk({ unsent, drafts, running, names }: Losses, agreed?: Losses): boolean {
  const isAgreed = agreed !== undefined && [...names].every((name) => agreed.names.has(name));
  return unsent + drafts + running > 0 && !isAgreed;
}
