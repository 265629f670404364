import type { Task } from "@taskbridge/contract";
import { defaultOrder, hasWords, isShortSearch } from "@taskbridge/contract/rules";
import type { LoadedList } from "./known.ts";
import { compareBy, matches } from "./listing.ts";
import type { ListQuery } from "./view.ts";

/** The beginning of a list, or all of it. */
export interface Derived {
  tasks: Task[];
  complete: boolean;
}

/**
 * What is known of a list from others that hold all that it holds: all of it where one of those is complete,
 * its beginning where one is in the same order. Undefined where anything shown could be wrong.
 */
export function deriveList(lists: readonly LoadedList[], query: ListQuery): Derived | undefined {
  const wider = lists.filter((list) => holds(list.query, query));
  const source =
    wider.find(({ complete }) => complete) ??
    wider.find((list) => orderOf(list.query) === orderOf(query));
  if (!source) return undefined;
  const tasks = source.tasks.filter((task) => matches(task, query)).sort(compareBy(query));
  return { tasks, complete: source.complete };
}

const orderOf = ({ sort, order }: ListQuery) => `${sort} ${order ?? defaultOrder(sort)}`;

/** Whether every task of `inner` is one of `outer`. */
function holds(outer: ListQuery, inner: ListQuery): boolean {
  return (
    (outer.status === "all" || outer.status === inner.status) &&
    (!outer.priority || outer.priority === inner.priority) &&
    (!outer.tag || outer.tag === inner.tag) &&
    (!outer.dueBefore || (inner.dueBefore !== undefined && inner.dueBefore <= outer.dueBefore)) &&
    (!outer.dueAfter || (inner.dueAfter !== undefined && inner.dueAfter >= outer.dueAfter)) &&
    // A search by short words alone looks at the newest tasks only.
    (!outer.q || (!isShortSearch(outer.q) && hasWords(inner.q ?? "", outer.q)))
  );
}
