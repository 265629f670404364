import { useCallback, useMemo, useRef, useState } from "react";
import { trpc } from "../trpc/client.ts";
import { useUserId } from "../trpc/provider.tsx";
import { asWork } from "./running-work.ts";
import {
  beginJob,
  type ImportCalls,
  type ImportJob,
  sendParts,
  takeBack,
} from "./transfer/import-job.ts";

export interface ImportProgress {
  state: "idle" | "sending" | "failed" | "done" | "undoing" | "undoFailed" | "undone";
  parts: number;
  sent: number;
  count: number;
  /** Why the next part is not there, or the last ones still are. */
  error?: unknown;
}

const idle: ImportProgress = { state: "idle", parts: 0, sent: 0, count: 0 };

/**
 * Sends tasks to be imported, in parts where they are many, and in smaller ones where a proxy finds those too
 * large. What failed goes on with the part that did. What was added can be taken back, and nothing else is.
 */
export function useImport() {
  const utils = trpc.useUtils();
  const userId = useUserId();
  const [progress, setProgress] = useState(idle);
  const sending = useRef<ImportJob>(null);

  const calls = useMemo((): ImportCalls => {
    const { task: api } = utils.client;
    return {
      add: (text, key) =>
        api.import.mutate({ format: "json", text }, { context: { idempotencyKey: key } }),
      remove: (ids) => api.changeMany.mutate({ ids, change: { deleted: true } }),
    };
  }, [utils]);

  const run = useCallback(
    async (
      work: (job: ImportJob, tell: (state: ImportProgress["state"]) => void) => Promise<void>,
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
        await asWork(job.userId, () => work(job, tell));
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
        tell("sending");
        await sendParts(job, calls, () => {
          tell("sending");
          return sending.current === job;
        });
        tell("done");
      }, "failed"),
    [run, calls],
  );

  const undo = useCallback(
    () =>
      run(async (job, tell) => {
        tell("undoing");
        await takeBack(job, calls);
        tell("undone");
      }, "undoFailed"),
    [run, calls],
  );

  const begin = useCallback(
    (tasks: readonly object[]) => {
      sending.current = beginJob(userId, tasks);
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
