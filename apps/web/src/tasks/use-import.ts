import type { TransferFormat } from "@taskbridge/contract";
import { useCallback, useRef, useState } from "react";
import { trpc } from "../trpc/client.ts";
import { newId } from "./model/change.ts";
import { type ImportPart, splitImport } from "./model/split-import.ts";

interface Sending {
  format: TransferFormat;
  /** Each with the key under which a retry of it is the same request. */
  parts: (ImportPart & { key: string })[];
  /** How many parts, and tasks, the server has. */
  sent: number;
  count: number;
}

export interface ImportProgress {
  state: "idle" | "sending" | "failed" | "done";
  format: TransferFormat;
  parts: number;
  sent: number;
  count: number;
  /** Why the next part is not there, and where that part begins in the file. */
  error?: unknown;
  linesBefore: number;
}

const idle: ImportProgress = {
  ...{ state: "idle", format: "json", parts: 0, sent: 0, count: 0, linesBefore: 0 },
};

/** Sends a file to be imported, in parts where it is long. What failed goes on with the part that did. */
export function useImport() {
  const utils = trpc.useUtils();
  const [progress, setProgress] = useState(idle);
  const sending = useRef<Sending>(null);

  const goOn = useCallback(async () => {
    const job = sending.current;
    if (!job) return;
    const tell = (state: ImportProgress["state"], error?: unknown) => {
      const { format, parts, sent, count } = job;
      const linesBefore = parts[sent]?.linesBefore ?? 0;
      setProgress({ state, format, parts: parts.length, sent, count, error, linesBefore });
    };
    tell("sending");
    try {
      for (const { text, key } of job.parts.slice(job.sent)) {
        const { count } = await utils.client.task.import.mutate(
          { format: job.format, text },
          { context: { idempotencyKey: key } },
        );
        // Another file was chosen meanwhile.
        if (sending.current !== job) return;
        job.sent += 1;
        job.count += count;
        tell("sending");
      }
      tell("done");
    } catch (error) {
      if (sending.current === job) tell("failed", error);
    } finally {
      void utils.task.list.invalidate();
      void utils.task.counts.invalidate();
    }
  }, [utils]);

  const begin = useCallback(
    (format: TransferFormat, text: string) => {
      const parts = splitImport(format, text).map((part) => ({ ...part, key: newId() }));
      sending.current = { format, parts, sent: 0, count: 0 };
      return goOn();
    },
    [goOn],
  );
  const reset = useCallback(() => {
    sending.current = null;
    setProgress(idle);
  }, []);
  return { progress, begin, goOn, reset };
}
