import { type FieldError, fieldErrorsOf, importedTaskSchema } from "@taskbridge/contract";
import type { Translate } from "../../strings/translate.ts";
import { type ImportFault, importFaultOf } from "../model/import-fault.ts";
import { type Extra, type FittedTask, type FoundTask, fitTask } from "./found-task.ts";

export interface PreparedTask {
  /** As it is sent. */
  value: FittedTask["value"];
  /** Its id where it was exported. */
  id: string | undefined;
  extras: readonly Extra[];
  lists: readonly string[];
}

export interface Prepared {
  tasks: PreparedTask[];
  /** What cannot be taken, and why: the others can all the same. */
  faults: ImportFault[];
}

/** Fits what was found into tasks of ours, by the rules that the server has for them. */
export function prepare(found: readonly FoundTask[], t: Translate): Prepared {
  const tasks: PreparedTask[] = [];
  const faults: ImportFault[] = [];
  for (const task of found) {
    if (task.broken) {
      faults.push({ ...placeOf(task), ...(task.unread ?? { reason: "transfer.badRow" }) });
      continue;
    }
    if (isBlank(task)) continue;
    const { value, extras } = fitTask(task, t);
    const { error } = importedTaskSchema.safeParse(value);
    if (!error) {
      const lists = (task.lists ?? []).filter((list) => list.trim() !== "");
      tasks.push({ value, extras, lists, id: task.id || undefined });
    } else {
      faults.push(...faultsOf(task, value, fieldErrorsOf(error)));
    }
  }
  return { tasks, faults };
}

/** Where it is: in a file of one line its title alone tells that. */
const placeOf = ({ line, title }: FoundTask) => ({ line, ...(title.trim() && { title }) });

/** One of each field, whichever of its rules are broken. */
function faultsOf(task: FoundTask, value: FittedTask["value"], errors: readonly FieldError[]) {
  const faults = errors.map((error) => importFaultOf(error, task, value));
  return [
    ...new Map(faults.map((fault) => [fault.field, { ...placeOf(task), ...fault }])).values(),
  ];
}

/** Some apps keep empty lines as tasks. Their list is nothing of their own. */
const isBlank = ({ title, notes, dueDate, priority = "none", tags = [], extras = [] }: FoundTask) =>
  [title, notes ?? "", dueDate ?? "", ...tags, ...extras.map(({ text }) => text)].every(
    (text) => text.trim() === "",
  ) && priority === "none";
