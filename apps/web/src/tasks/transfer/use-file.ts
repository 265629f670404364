import type { Task } from "@taskbridge/contract";
import { useRef, useState } from "react";
import { useStrings } from "../../strings/provider.tsx";
import { trpc } from "../../trpc/client.ts";
import { useTimeZone } from "../use-today.tsx";
import { localOrder } from "./day-order.ts";
import { UnreadableFileError } from "./file-tasks.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { findPresent } from "./present.ts";
import type { DayOrder } from "./read-day.ts";
import { type ReadFile, readFile } from "./read-file.ts";

/** What is known of a file that somebody has chosen. Nothing of it has been sent. */
export type ChosenFile = { name: string } & (
  | { state: "reading" }
  | { state: "unreadable"; error: unknown }
  | { state: "read"; file: ReadFile; prepared: Prepared; present: Present }
);

/** Which of its tasks are here already, as far as that is known. */
export type Present = "looking" | ReturnType<typeof findPresent> | { error: unknown };

/** Reads files to import, the last one that was chosen. */
export function useFile() {
  const { t, locale } = useStrings();
  const timeZone = useTimeZone();
  const { client } = trpc.useUtils();
  const [chosen, setChosen] = useState<ChosenFile>();
  const last = useRef<{ file: File; looking?: AbortController }>(null);

  async function read(file: File, order: DayOrder = localOrder(locale)): Promise<void> {
    last.current?.looking?.abort();
    const looking = new AbortController();
    last.current = { file, looking };
    const { name } = file;
    const tell = (told: ChosenFile) => looking.signal.aborted || setChosen(told);
    tell({ name, state: "reading" });
    try {
      const found = await readFile(file, { timeZone, order, name });
      const prepared = prepare(found.tasks, t);
      const known = { name, state: "read", file: found, prepared } as const;
      tell({ ...known, present: "looking" });
      try {
        const here = prepared.tasks.length > 0 ? await readAll(client, looking.signal) : [];
        tell({ ...known, present: findPresent(prepared.tasks, here) });
      } catch (error) {
        tell({ ...known, present: { error } });
      }
    } catch (error) {
      tell({ name, state: "unreadable", error });
    }
  }

  return {
    chosen,
    read,
    readAgain: (order: DayOrder) => last.current && void read(last.current.file, order),
  };
}

/** All tasks that are here: the export has them all, page by page. */
async function readAll(
  client: ReturnType<typeof trpc.useUtils>["client"],
  signal: AbortSignal,
): Promise<Task[]> {
  const pieces: string[] = [];
  for await (const piece of await client.task.export.query({ format: "json" }, { signal })) {
    pieces.push(piece);
  }
  return JSON.parse(pieces.join(""));
}

export const isUnreadable = (error: unknown): error is UnreadableFileError =>
  error instanceof UnreadableFileError;
