import type { Task } from "@taskbridge/contract";
import {
  compareTitleKeys,
  defaultOrder,
  priorities,
  taskHasWords,
  titleKey,
} from "@taskbridge/contract/rules";
import { isLocal } from "./change.ts";
import type { ListQuery } from "./view.ts";

/** Whether a task is in a list, by the server's rules. */
export function matches(task: Task, query: ListQuery): boolean {
  const { status, priority, tag, dueBefore, dueAfter, q } = query;
  if (status !== "all" && task.completed !== (status === "completed")) return false;
  if (priority && task.priority !== priority) return false;
  if (tag && !task.tags.includes(tag)) return false;
  if (dueBefore && !(task.dueDate && task.dueDate < dueBefore)) return false;
  if (dueAfter && !(task.dueDate && task.dueDate > dueAfter)) return false;
  return !q || taskHasWords(task, q);
}

type Compare = (a: Task, b: Task) => number;

/** The list's order, by the server's rules: tasks without a day come last, and ids break ties. */
export function compareBy({ sort, order }: Pick<ListQuery, "sort" | "order">): Compare {
  const direction = (order ?? defaultOrder(sort)) === "asc" ? 1 : -1;
  return (a, b) => {
    if (sort === "due" && a.dueDate !== b.dueDate) {
      if (a.dueDate === null) return 1;
      if (b.dueDate === null) return -1;
    }
    const byKey = compareByKey(a, b, sort);
    if (byKey !== 0) return byKey * direction;
    if (a.id === b.id) return 0;
    return a.id < b.id ? -direction : direction;
  };
}

function compareByKey(a: Task, b: Task, sort: ListQuery["sort"]): number {
  if (sort === "title") return compareTitleKeys(titleKeyOf(a), titleKeyOf(b));
  const [left, right] = [keyOf(a, sort), keyOf(b, sort)];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Each task is compared with many. */
const titleKeys = new WeakMap<Task, string>();

function titleKeyOf(task: Task): string {
  const key = titleKeys.get(task) ?? titleKey(task.title);
  titleKeys.set(task, key);
  return key;
}

function keyOf(task: Task, sort: Exclude<ListQuery["sort"], "title">): string | number {
  switch (sort) {
    case "completed":
      return task.completedAt ?? "";
    case "created":
      // What is not sent yet will be created after all that is, whatever the clocks say.
      return (isLocal(task.id) ? "~" : "") + task.createdAt;
    case "due":
      return task.dueDate ?? "";
    case "priority":
      return priorities.indexOf(task.priority);
  }
}

interface Listed {
  query: ListQuery;
  /** Whether there is nothing behind what is loaded. */
  complete: boolean;
}

/**
 * A list in which some tasks are otherwise, or gone (null). What would stand behind all that is loaded
 * is left out where more is to come: it comes with that.
 */
export function withTasks(
  tasks: readonly Task[],
  states: ReadonlyMap<string, Task | null>,
  { query, complete }: Listed,
): Task[] {
  const compare = compareBy(query);
  const list = tasks.filter(({ id }) => !states.has(id));
  const listed = new Set(tasks.filter(({ id }) => states.has(id)).map(({ id }) => id));
  for (const [id, task] of states) {
    if (!task || !matches(task, query)) continue;
    const place = placeOf(task, list, compare);
    if (place < list.length || complete || listed.has(id)) list.splice(place, 0, task);
  }
  return list;
}

function placeOf(task: Task, list: readonly Task[], compare: Compare): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = list[middle];
    if (other && compare(other, task) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
