import type { Task, TaskChanges } from "@taskbridge/contract";
import { MAX_TITLE_LENGTH, type Priority } from "@taskbridge/contract/rules";
import type { Translate } from "../../strings/translate.ts";
import type { NewTask } from "../model/change.ts";
import type { Day } from "../model/days.ts";
import { differing } from "../model/merge.ts";
import type { FindDay } from "./days/find-day.ts";
import { type Part, understand } from "./understand.ts";

export type Problem = "quickAdd.noTitle" | "quickAdd.tooLong" | "quickAdd.tooManyLines";

/** What a line would become, with what was understood of it. */
export interface Reading {
  task: NewTask;
  parts: Part[];
  problem: Problem | undefined;
}

interface ReadOptions {
  findDay: FindDay | undefined;
  today: Day;
  priorities: Readonly<Record<string, Priority>>;
  /** What a task of the shown list is by itself, where the line does not say otherwise. */
  defaults: Omit<NewTask, "title">;
  ignored?: ReadonlySet<string>;
}

export function readLine(line: string, options: ReadOptions): Reading {
  const { findDay = () => undefined, defaults, ...rest } = options;
  const understood = understand(line, { ...rest, findDay, tags: defaults.tags ?? [] });
  const { title, tags, priority, dueDate, parts } = understood;
  return {
    task: {
      title,
      tags,
      priority: priority === "none" ? (defaults.priority ?? "none") : priority,
      dueDate: dueDate ?? defaults.dueDate ?? null,
    },
    parts,
    problem: problemOf(title),
  };
}

function problemOf(title: string): Problem | undefined {
  if (!title) return "quickAdd.noTitle";
  return [...title].length > MAX_TITLE_LENGTH ? "quickAdd.tooLong" : undefined;
}

/** The line as the title, with nothing understood; undefined where it is too long for one. */
export function asTyped(
  line: string,
  { defaults }: Pick<ReadOptions, "defaults">,
): NewTask | undefined {
  const title = line.trim();
  return problemOf(title)
    ? undefined
    : { priority: "none", dueDate: null, tags: [], ...defaults, title };
}

/** What makes one task of the other. */
export const changesTo = (wanted: NewTask, task: Task): TaskChanges =>
  Object.fromEntries(
    differing(wanted, task).map((field) => [field, wanted[field as keyof NewTask]]),
  );

/** In the viewer's language, and in the one that the API speaks. */
export const priorityWords = (t: Translate): Record<string, Priority> => ({
  high: "high",
  medium: "medium",
  low: "low",
  [t("quickAdd.words.high")]: "high",
  [t("quickAdd.words.medium")]: "medium",
  [t("quickAdd.words.low")]: "low",
});
