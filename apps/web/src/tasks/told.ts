import type { ManyChange, Task } from "@taskbridge/contract";
import type { Translate } from "../strings/translate.ts";
import { nameOf } from "./names.ts";

type Done = "tasks.deleted" | "tasks.completed" | "tasks.reopened" | "tasks.restored";

/** What became of tasks: of one by its title, of more by how many they are. */
export const told = (t: Translate, tasks: readonly Task[], done: Done): string =>
  tasks.length === 1 && tasks[0]
    ? t(done, { title: nameOf(tasks[0]) })
    : t(`${done}Many`, { count: tasks.length });

/** The same of a change to many. */
export function toldChange(
  t: Translate,
  { completed, deleted }: ManyChange,
  tasks: readonly Task[],
) {
  if (deleted !== undefined) return told(t, tasks, deleted ? "tasks.deleted" : "tasks.restored");
  if (completed !== undefined) {
    return told(t, tasks, completed ? "tasks.completed" : "tasks.reopened");
  }
  return t("tasks.changedMany", { count: tasks.length });
}
