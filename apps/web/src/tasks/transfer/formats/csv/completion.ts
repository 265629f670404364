import type { Extra, FoundTask } from "../../found-task.ts";
import { instantOf, isNoDay, noonOf } from "../../instants.ts";
import { type DayRules, readDay } from "../../read-day.ts";
import { readCompleted, readPercent, readStatus } from "./words.ts";

/** A cell about whether a task is done. */
export interface StateCell {
  column: "completed" | "status" | "completedAt";
  name: string;
  text: string;
  /** What of a column of numbers is all of it: 1 or 100. */
  whole: number | undefined;
}

interface Said {
  /** Undefined where it says neither. */
  done?: boolean | undefined;
  at?: string | undefined;
  /** It cannot be read. */
  odd?: boolean;
  /** It says more than whether the task is done. */
  more?: boolean;
}

type Completion = Pick<FoundTask, "completed" | "completedAt"> & { extras: Extra[] };

/** What the cells of a row say together. A task that one of them calls open is open: what contradicts is kept in words. */
export function readCompletion(cells: readonly StateCell[], rules: DayRules): Completion {
  const all = cells.map((cell) => ({ ...cell, ...meaningOf(cell, rules) }));
  const isOpen = all.some(({ done }) => done === false);
  const isDone = !isOpen && all.some(({ done }) => done === true);
  const oddIn = (column: StateCell["column"]) =>
    isOpen ? undefined : all.find((cell) => cell.odd && cell.column === column)?.text;
  const words = all.filter(({ done, odd, more }) => more || (isOpen && (done || odd)));
  const completed = oddIn("completed") ?? (isOpen ? false : isDone || undefined);
  const completedAt = oddIn("completedAt") ?? (isDone ? all.find(({ at }) => at)?.at : undefined);
  return {
    ...(completed !== undefined && { completed }),
    ...(completedAt !== undefined && { completedAt }),
    extras: words.map(({ column, name, text }) =>
      column === "status" ? { kind: "status", text } : { kind: "other", name, text },
    ),
  };
}

function meaningOf({ column, text, whole }: StateCell, rules: DayRules): Said {
  const percent = column === "completedAt" ? undefined : readPercent(text, whole);
  if (percent) return percent;
  // A number there is a code that only its program knows.
  if (column === "status")
    return (/\d/.test(text) ? undefined : readStatus(text)) ?? { more: true };
  const at = instantIn(text, rules);
  if (at) return { done: true, at };
  if (column === "completed") {
    const done = readCompleted(text);
    if (done !== undefined) return { done };
  }
  if (isNoDay(text)) return {};
  return (column === "completed" && readStatus(text)) || { odd: true };
}

/** Where only a day is told, noon of it. */
export function instantIn(text: string, rules: DayRules): string | undefined {
  const instant = instantOf(text);
  if (instant) return instant;
  const moment = readDay(text, rules);
  if (!moment) return undefined;
  return instantOf(moment.time ? `${moment.day}T${moment.time}:00Z` : noonOf(moment.day));
}
