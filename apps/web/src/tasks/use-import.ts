import type { TransferFormat } from "@taskbridge/contract";
import { useCallback, useRef, useState } from "react";
import { trpc } from "../trpc/client.ts";
import { failureOf } from "../trpc/failure.ts";
import { type ImportPart, splitImport, splitSmaller } from "./model/split-import.ts";
import { forgetKeys, keysFor } from "./transfer/kept-keys.ts";

type KeyedPart = ImportPart & { key: string };
function withKeys(parts: ImportPart[]): KeyedPart[] {
  const keys = keysFor(parts.map(({ text }) => text));
  return parts.map((part, at) => ({ ...part, key: keys[at] as string }));
}

interface Sending {
  format: TransferFormat;
  /** Each with the key under which a retry of it is the same request. */
  parts: KeyedPart[];
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

/** Cuts what is left of an import into smaller parts; says whether that could be done. */
function cutSmaller(job: Sending): boolean {
  const smaller = splitSmaller(job.format, job.parts.slice(job.sent));
  if (smaller) job.parts = [...job.parts.slice(0, job.sent), ...withKeys(smaller)];
  return smaller !== undefined;
}

/**
 * Sends a file to be imported, in parts where it is long, and in smaller ones where a proxy finds those too
 * large. What failed goes on with the part that did.
 */
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
    const send = ({ text, key }: KeyedPart) =>
      utils.client.task.import
        .mutate({ format: job.format, text }, { context: { idempotencyKey: key } })
        .catch((error) => {
          if (failureOf(error).status === 413 && cutSmaller(job)) return undefined;
          throw error;
        });
    tell("sending");
    try {
      for (let part = job.parts[job.sent]; part; part = job.parts[job.sent]) {
        const added = await send(part);
        // Another file was chosen meanwhile.
        if (sending.current !== job) return;
        if (added) {
          job.sent += 1;
          job.count += added.count;
        }
        tell("sending");
      }
      forgetKeys(job.parts.map(({ key }) => key));
      tell("done");
    } catch (error) {
      if (sending.current === job) tell("failed", error);
    } finally {
      void utils.task.list.invalidate();
      void utils.task.counts.invalidate();
    }
  }, [utils]);

  /** Answers whether the file could be read. */
  const begin = useCallback(
    (format: TransferFormat, text: string): boolean => {
      const parts = splitImport(format, text);
      if (!parts) return false;
      sending.current = { format, parts: withKeys(parts), sent: 0, count: 0 };
      void goOn();
      return true;
    },
    [goOn],
  );
  const reset = useCallback(() => {
    sending.current = null;
    setProgress(idle);
  }, []);
  return { progress, begin, goOn, reset };
}
