import type { Task, TaskChanges } from "@taskbridge/contract";
import { useMemo, useState } from "react";
import { useT } from "../../strings/provider.tsx";
import type { NewTask } from "../model/change.ts";
import { useToday } from "../use-today.tsx";
import { asTyped, changesTo, priorityWords, type Reading, readLine } from "./read-line.ts";
import { useFindDay } from "./use-find-day.ts";

export interface QuickAddProps {
  /** What a task of the shown list is by itself, where the line does not say otherwise. */
  defaults: Omit<NewTask, "title">;
  onAdd: (tasks: readonly NewTask[]) => readonly Task[];
  /** Changes a task that was added, as it is by now. */
  onAmend: (added: Task, changes: TaskChanges) => void;
}

/** The last line that was added, while what was understood of it can be taken back. */
interface Added {
  task: Task;
  reading: Reading;
  takeBack: () => void;
}

/** Reads lines and adds the tasks that they mean. */
export function useQuickAdd({ defaults, onAdd, onAmend }: QuickAddProps) {
  const t = useT();
  const today = useToday();
  const { findDay, prepare } = useFindDay();
  const [added, setAdded] = useState<Added>();
  const priorities = useMemo(() => priorityWords(t), [t]);
  const options = { findDay, today, priorities, defaults };
  const read = (line: string, ignored?: ReadonlySet<string>) =>
    readLine(line, { ...options, ignored });

  function offerBack(line: string, task: Task, reading: Reading) {
    const plain = asTyped(line, options);
    if (!plain || reading.parts.length === 0) return setAdded(undefined);
    const back = changesTo(plain, { ...task, ...reading.task });
    const takeBack = () => {
      onAmend(task, back);
      setAdded(undefined);
    };
    setAdded({ task, reading, takeBack });
  }

  /** Adds at once; the day, too, if what finds days comes later. */
  function add(
    lines: readonly { line: string; reading: Reading; ignored?: ReadonlySet<string> }[],
  ) {
    const tasks = onAdd(lines.map(({ reading }) => reading.task));
    setAdded(undefined);
    for (const [at, { line, reading, ignored }] of lines.entries()) {
      const task = tasks[at];
      if (!task) continue;
      if (lines.length === 1) offerBack(line, task, reading);
      if (findDay) continue;
      void prepare().then((found) => {
        const later = readLine(line, { ...options, findDay: found, ignored });
        const changes = changesTo(later.task, task);
        if (later.problem || Object.keys(changes).length === 0) return;
        onAmend(task, changes);
        if (lines.length === 1) offerBack(line, task, later);
      });
    }
  }
  return { read, add, added, prepare };
}
