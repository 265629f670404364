import { MAX_CHANGED_TASKS } from "@taskbridge/contract/rules";
import { useCallback, useRef, useState } from "react";
import { trpc } from "../trpc/client.ts";
import { failureOf } from "../trpc/failure.ts";
import { useUserId } from "../trpc/provider.tsx";
import { type ImportPart, splitImport, splitSmaller, textOfPart } from "./model/split-import.ts";
import { forgetKeys, keysFor } from "./transfer/kept-keys.ts";

interface KeyedPart {
  tasks: ImportPart;
  /** Under which a retry of it is the same request. */
  key: string;
}
function withKeys(userId: string, parts: readonly ImportPart[]): KeyedPart[] {
  const keys = keysFor(userId, parts.map(textOfPart));
  return parts.map((tasks, at) => ({ tasks, key: keys[at] as string }));
}

interface Sending {
  userId: string;
  parts: KeyedPart[];
  /** How many parts the server has, and as which tasks. */
  sent: number;
  ids: string[];
}

export interface ImportProgress {
  state: "idle" | "sending" | "failed" | "done" | "undoing" | "undoFailed" | "undone";
  parts: number;
  sent: number;
  count: number;
  /** Why the next part is not there, or the last ones still are. */
  error?: unknown;
}

const idle: ImportProgress = { state: "idle", parts: 0, sent: 0, count: 0 };

/** Cuts what is left of an import into smaller parts; says whether that could be done. */
function cutSmaller(job: Sending): boolean {
  const smaller = splitSmaller(job.parts.slice(job.sent).map(({ tasks }) => tasks));
  if (smaller) job.parts = [...job.parts.slice(0, job.sent), ...withKeys(job.userId, smaller)];
  return smaller !== undefined;
}

/**
 * Sends tasks to be imported, in parts where they are many, and in smaller ones where a proxy finds those too
 * large. What failed goes on with the part that did. What was added can be taken back, and nothing else is.
 */
export function useImport() {
  const utils = trpc.useUtils();
  const userId = useUserId();
  const [progress, setProgress] = useState(idle);
  const sending = useRef<Sending>(null);

  const run = useCallback(
    async (
      work: (job: Sending, tell: (state: ImportProgress["state"]) => void) => Promise<void>,
      failed: "failed" | "undoFailed",
    ) => {
      const job = sending.current;
      if (!job) return { done: false };
      const tell = (state: ImportProgress["state"], error?: unknown) => {
        const { parts, sent, ids } = job;
        // Another file was chosen meanwhile.
        if (sending.current !== job) return;
        setProgress({ state, parts: parts.length, sent, count: ids.length, error });
      };
      try {
        await work(job, tell);
        return { done: true };
      } catch (error) {
        tell(failed, error);
        return { done: false, reason: error };
      } finally {
        void utils.task.list.invalidate();
        void utils.task.listDeleted.invalidate();
        void utils.task.counts.invalidate();
      }
    },
    [utils],
  );

  const goOn = useCallback(
    () =>
      run(async (job, tell) => {
        const send = ({ tasks, key }: KeyedPart) =>
          utils.client.task.import
            .mutate(
              { format: "json", text: textOfPart(tasks) },
              { context: { idempotencyKey: key } },
            )
            .catch((error) => {
              if (failureOf(error).status === 413 && cutSmaller(job)) return undefined;
              throw error;
            });
        tell("sending");
        for (let part = job.parts[job.sent]; part; part = job.parts[job.sent]) {
          const added = await send(part);
          if (added) {
            job.sent += 1;
            job.ids.push(...added.ids);
          }
          if (sending.current !== job) return;
          tell("sending");
        }
        forgetKeys(
          job.userId,
          job.parts.map(({ key }) => key),
        );
        tell("done");
      }, "failed"),
    [run, utils],
  );

  /** Deletes what was added. What somebody has deleted since is gone already. */
  const undo = useCallback(
    () =>
      run(async (job, tell) => {
        tell("undoing");
        const { ids } = job;
        for (let at = 0; at < ids.length; at += MAX_CHANGED_TASKS) {
          const some = ids.slice(at, at + MAX_CHANGED_TASKS);
          await utils.client.task.changeMany.mutate({ ids: some, change: { deleted: true } });
        }
        tell("undone");
      }, "undoFailed"),
    [run, utils],
  );

  const begin = useCallback(
    (tasks: readonly object[]) => {
      const parts = splitImport(tasks.map((task) => JSON.stringify(task)));
      sending.current = { userId, parts: withKeys(userId, parts), sent: 0, ids: [] };
      void goOn();
    },
    [goOn, userId],
  );
  const reset = useCallback(() => {
    sending.current = null;
    setProgress(idle);
  }, []);
  return { progress, begin, goOn, undo, reset };
}
