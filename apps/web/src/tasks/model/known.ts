import type { Task } from "@taskbridge/contract";
import { newest } from "./each-once.ts";
import { compareBy, matches } from "./listing.ts";
import type { ListQuery } from "./view.ts";

/** Which tasks a list has, its order aside. */
export type ListFilter = Omit<ListQuery, "sort" | "order">;

/** A list as the server gave it. */
export interface LoadedList {
  query: ListQuery;
  tasks: readonly Task[];
  /** Whether there is nothing behind what is loaded. */
  complete: boolean;
}

export interface Known {
  tasks: readonly Task[];
  /** Of these, every task is among them. */
  whole: readonly ListFilter[];
}

/** As a bound it leaves out only what has no day. */
const AFTER_ALL_DAYS = "9999-12-32";

/** All that is due some day. */
export const allDue = { status: "open", dueBefore: AFTER_ALL_DAYS } as const satisfies ListFilter;

/**
 * All that is known: what the loaded lists have, and what was known before, unless it would stand in one of
 * them if there still were such a task.
 */
export function known(lists: readonly LoadedList[], before: Known): Known {
  const loaded = newest(lists.flatMap(({ tasks }) => tasks));
  const isMissing = (task: Task) =>
    lists.some(({ query, tasks, complete }) => {
      const last = tasks.at(-1);
      const isLoaded = complete || (last && compareBy(query)(task, last) < 0);
      return isLoaded && matches(task, query);
    });
  const others = [...newest(before.tasks).values()].filter(({ id }) => !loaded.has(id));
  const left = others.filter((task) => !isMissing(task));
  const knownBefore = new Set(before.tasks.map(({ id }) => id));
  const added = [...loaded.values()].filter(({ id }) => !knownBefore.has(id));
  // What is missing may be in any other list by now, and what came to one may not have come alone.
  const isStillWhole = (filter: ListFilter) =>
    left.length === others.length && !added.some((task) => matches(task, unsorted(filter)));
  return {
    tasks: [...loaded.values(), ...left],
    whole: widest([...lists.flatMap(wholeIn), ...before.whole.filter(isStillWhole)]),
  };
}

const unsorted = (filter: ListFilter): ListQuery => ({ ...filter, sort: "created" });

/** What either of two knows. */
export const joined = (one: Known, other: Known): Known => ({
  tasks: [...newest([...one.tasks, ...other.tasks]).values()],
  whole: widest([...one.whole, ...other.whole]),
});

/** What a list has all of; one that is read by the day and goes on, all before the day where it stops. */
function wholeIn({ query, tasks, complete }: LoadedList): ListFilter[] {
  const { status, priority, tag, dueBefore, dueAfter, q, sort, order } = query;
  // Nobody searches for the same words for long.
  if (q) return [];
  const filter: ListFilter = {
    status,
    ...(priority && { priority }),
    ...(tag && { tag }),
    ...(dueBefore && { dueBefore }),
    ...(dueAfter && { dueAfter }),
  };
  if (complete) return [filter];
  const last = tasks.at(-1);
  if (!last || sort !== "due" || order === "desc") return [];
  return [{ ...filter, dueBefore: last.dueDate ?? AFTER_ALL_DAYS }];
}

const widest = (filters: readonly ListFilter[]) =>
  filters.filter(
    (filter, at) =>
      !filters.some(
        (other, index) =>
          index !== at && covers(other, filter) && (index < at || !covers(filter, other)),
      ),
  );

/** Whether every task that is asked for is among those of a wider list. */
function covers(wide: ListFilter, asked: ListFilter): boolean {
  const isIn = (field: "priority" | "tag" | "q") =>
    wide[field] === undefined || wide[field] === asked[field];
  const { dueAfter } = asked;
  const end = asked.dueBefore ?? (dueAfter && AFTER_ALL_DAYS);
  return (
    (wide.status === "all" || wide.status === asked.status) &&
    (["priority", "tag", "q"] as const).every(isIn) &&
    (!wide.dueBefore || (end !== undefined && end <= wide.dueBefore)) &&
    (!wide.dueAfter || (dueAfter !== undefined && wide.dueAfter <= dueAfter))
  );
}

/** Whether nothing is missing of a list that is made of what is known. */
export const isWhole = ({ whole }: Pick<Known, "whole">, query: ListFilter): boolean =>
  whole.some((filter) => covers(filter, query));

/** The part of what is known that a list would have. */
export const listed = (tasks: readonly Task[], query: ListQuery): Task[] =>
  tasks.filter((task) => matches(task, query)).sort(compareBy(query));

/** Tasks in the order in which they are to be kept: those that are due soonest come first. */
export const soonestFirst = (tasks: readonly Task[]): Task[] => [
  ...listed(tasks, { ...allDue, sort: "due" }),
  ...tasks.filter((task) => !matches(task, { ...allDue, sort: "due" })),
];

/** What is known without the tasks behind the first ones. */
export function firstOf({ tasks, whole }: Known, count: number): Known {
  const dropped = tasks.slice(count);
  return {
    tasks: tasks.slice(0, count),
    whole: widest(whole.map((filter) => without(filter, dropped))),
  };
}

/** A list still has all that is due before the first of those that it lacks. */
function without(filter: ListFilter, dropped: readonly Task[]): ListFilter {
  const lacking = dropped.filter((task) => matches(task, unsorted(filter)));
  if (lacking.length === 0) return filter;
  const days = lacking.map(({ dueDate }) => dueDate ?? AFTER_ALL_DAYS);
  const dueBefore = [...days, filter.dueBefore ?? AFTER_ALL_DAYS].reduce((a, b) => (a < b ? a : b));
  return { ...filter, dueBefore };
}
