import type { TaskQuery } from "@taskbridge/contract";
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

export const sorts = ["created", "due", "priority", "title"] as const satisfies TaskQuery["sort"][];
export const orders = ["asc", "desc"] as const;
export const priorities = ["none", "low", "medium", "high"] as const;
export type Priority = (typeof priorities)[number];

/** What the address says of the page. */
export interface ViewState {
  view: View;
  q: string;
  tag: string | null;
  priority: Priority | null;
  sort: (typeof sorts)[number] | null;
  order: (typeof orders)[number] | null;
}

/** A list's query as it is sent, but for paging. */
export type ListQuery = Pick<TaskQuery, "status" | "sort"> &
  Partial<Pick<TaskQuery, "q" | "priority" | "tag" | "dueBefore" | "dueAfter" | "order">>;

/** Lists of days are read by the day, unless one asks for something else. */
export const sortIn = ({ view, sort }: Pick<ViewState, "view" | "sort">) =>
  sort ?? (view === "today" || view === "upcoming" || view === "overdue" ? "due" : "created");

export const defaultOrder = (sort: (typeof sorts)[number]) =>
  sort === "due" || sort === "title" ? "asc" : "desc";

/** What to ask the server for; an input that is not there is not sent. */
export function queryOf(state: ViewState, today: Day): ListQuery {
  const { view, q, tag, priority, order } = state;
  return {
    ...viewFilter(view, today),
    sort: sortIn(state),
    ...(q.trim() && { q: q.trim().slice(0, 200) }),
    ...(tag && { tag }),
    ...(priority && { priority }),
    ...(order && { order }),
  };
}

function viewFilter(view: View, today: Day): Pick<ListQuery, "status" | "dueBefore" | "dueAfter"> {
  switch (view) {
    case "today":
      return { status: "open", dueAfter: addDays(today, -1), dueBefore: addDays(today, 1) };
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
