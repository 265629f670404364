"use client";

import type { Task } from "@taskbridge/contract";
import { useCallback } from "react";
import { isUnreachable } from "../trpc/failure.ts";
import { EmptyList } from "./empty-list.tsx";
import { ListTrouble } from "./list-trouble.tsx";
import { SearchNote } from "./search-note.tsx";
import { TaskRows } from "./task-rows.tsx";
import { TaskSkeleton } from "./task-skeleton.tsx";
import type { Selection } from "./use-selection.ts";
import type { useTaskList } from "./use-task-list.ts";
import { useView } from "./use-view.ts";
import { ListNote } from "./views/list-note.tsx";

interface TaskListProps {
  name: string;
  list: ReturnType<typeof useTaskList>["list"];
  tasks: readonly Task[] | undefined;
  /** Whether there is nothing behind what is loaded. */
  complete: boolean;
  whole: boolean;
  away: boolean;
  edited: ReadonlySet<string>;
  selection: Selection;
}

/** The shown list in whatever state it is: on its way, out of reach, empty, or there. */
export function TaskList(props: TaskListProps) {
  const { name, list, tasks, complete, whole, away, edited, selection } = props;
  const { isFetchingNextPage, isFetchNextPageError, hasNextPage, fetchNextPage } = list;
  const { state } = useView();
  const fetchMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  if (!tasks || (!list.data && tasks.length === 0 && !whole)) {
    return list.error ? <ListTrouble list={list} /> : <TaskSkeleton />;
  }
  // Where there are tasks, the banner says enough.
  const isSaid = (tasks.length > 0 || whole) && list.error !== null && isUnreachable(list.error);
  const waiting = list.isPlaceholderData && tasks.length === 0 && !complete;
  if (waiting && !list.error) return <TaskSkeleton />;
  return (
    <div>
      <SearchNote />
      <ListNote count={tasks.length} whole={whole} away={away} />
      {list.error && !isSaid && !isFetchNextPageError && <ListTrouble list={list} />}
      {tasks.length === 0 && (!list.error || isSaid) && <EmptyList view={state.view} />}
      {tasks.length > 0 && (
        <TaskRows
          label={name}
          tasks={tasks}
          edited={edited}
          selection={selection}
          onEnd={fetchMore}
          more={!complete}
          busy={list.isPlaceholderData}
        />
      )}
      {isFetchNextPageError && <ListTrouble list={list} />}
    </div>
  );
}
