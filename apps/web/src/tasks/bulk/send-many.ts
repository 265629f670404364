import type { AppRouter } from "@taskbridge/api";
import type { TRPCClient } from "@trpc/client";
import { type CallFailure, failureOf } from "../../trpc/failure.ts";
import { inParts, type ManyStep } from "../model/many.ts";

/** What became of a change to many tasks. */
export interface SentMany {
  sent: ManyStep[];
  /** What was not tried any more after something failed. */
  left: ManyStep[];
  failure?: CallFailure;
}

/**
 * Makes changes to any number of tasks, a part after the other. Each part can be sent again: whoever does not
 * hear whether it was made asks once more for what is `left`.
 */
export async function sendMany(
  { task: api }: Pick<TRPCClient<AppRouter>, "task">,
  steps: readonly ManyStep[],
  onSent: (part: ManyStep, missing: ReadonlySet<string>) => void,
): Promise<SentMany> {
  const parts = inParts(steps);
  const sent: ManyStep[] = [];
  for (const part of parts) {
    const ids = part.tasks.map(({ id }) => id);
    try {
      const { missing } = await api.changeMany.mutate({ ids, change: part.change });
      const gone = new Set(missing);
      onSent(part, gone);
      // What is gone was not changed, unless an answer was lost and it was this that took it away.
      const isReached = ({ id }: { id: string }) => part.change.deleted === true || !gone.has(id);
      sent.push({ ...part, tasks: part.tasks.filter(isReached) });
    } catch (error) {
      return { sent, left: parts.slice(sent.length), failure: failureOf(error) };
    }
  }
  return { sent, left: [] };
}
