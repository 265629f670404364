import type { TaskQuery } from "@taskbridge/contract";
import {
  firstWords,
  type Priority,
  type SortOrder,
  type TaskSort,
  taskSorts,
} from "@taskbridge/contract/rules";
import { addDays, type Day } from "./days.ts";

/** The lists one can look at; what is deleted is another kind of list. */
export const views = [
  "open",
  "today",
  "upcoming",
  "overdue",
  "completed",
  "all",
  "deleted",
] as const;
export type View = (typeof views)[number];
export type ListView = Exclude<View, "deleted">;

/** What the address says of the page. */
export interface ViewState {
  view: View;
  q: string;
  tag: string | null;
  priority: Priority | null;
  sort: TaskSort | null;
  order: SortOrder | null;
}

/** Everything as it is at first, but for the view. */
export const plainView = { q: "", tag: null, priority: null, sort: null, order: null } as const;

/** A list's query as it is sent, but for paging. */
export type ListQuery = Pick<TaskQuery, "status" | "sort"> &
  Partial<Pick<TaskQuery, "q" | "priority" | "tag" | "dueBefore" | "dueAfter" | "order">>;

/** Lists of days are read by the day, and what is done by when it was, unless one asks for something else. */
export const sortIn = ({ view, sort }: Pick<ViewState, "view" | "sort">) => sort ?? viewSort[view];

const viewSort: Record<View, TaskSort> = {
  open: "created",
  today: "due",
  upcoming: "due",
  overdue: "due",
  completed: "completed",
  all: "created",
  deleted: "created",
};

/** What a list can be sorted by: where all tasks are open none was completed. */
export const sortsIn = ({ view, sort }: Pick<ViewState, "view" | "sort">) =>
  taskSorts.filter(
    (each) => each !== "completed" || each === sort || view === "completed" || view === "all",
  );

/** What to ask the server for; an input that is not there is not sent. */
export function queryOf(state: ViewState, today: Day): ListQuery {
  const { view, q, tag, priority, order } = state;
  return {
    ...viewFilter(view, today),
    sort: sortIn(state),
    ...(q.trim() && { q: firstWords(q) }),
    ...(tag && { tag }),
    ...(priority && { priority }),
    ...(order && { order }),
  };
}

/** How many tasks are fetched at once. */
const TASKS_PER_PAGE = 100;

/** A list's pages, as the page in the browser asks for them and the server reads the first. */
export const listInput = (query: ListQuery) => ({ ...query, limit: TASKS_PER_PAGE });

/** The same of what was deleted. */
export const deletedInput = { limit: 50 };

function viewFilter(view: View, today: Day): Pick<ListQuery, "status" | "dueBefore" | "dueAfter"> {
  switch (view) {
    case "today":
      // What was due before is still to be done today.
      return { status: "open", dueBefore: addDays(today, 1) };
    case "upcoming":
      return { status: "open", dueAfter: today };
    case "overdue":
      return { status: "open", dueBefore: today };
    case "completed":
      return { status: "completed" };
    case "all":
      return { status: "all" };
    default:
      return { status: "open" };
  }
}
