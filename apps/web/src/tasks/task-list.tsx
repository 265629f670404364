"use client";

import type { Task } from "@taskbridge/contract";
import { useCallback } from "react";
import { Button } from "../components/button.tsx";
import { useT } from "../strings/provider.tsx";
import { ListTrouble } from "./list-trouble.tsx";
import type { View } from "./model/view.ts";
import { TaskRows } from "./task-rows.tsx";
import { TaskSkeleton } from "./task-skeleton.tsx";
import type { Selection } from "./use-selection.ts";
import type { useTaskList } from "./use-task-list.ts";
import { plainView, useView } from "./use-view.ts";
import { isFiltered } from "./view-name.ts";

interface TaskListProps {
  name: string;
  list: ReturnType<typeof useTaskList>["list"];
  tasks: readonly Task[] | undefined;
  edited: ReadonlySet<string>;
  selection: Selection;
}

/** The shown list in whatever state it is: on its way, out of reach, empty, or there. */
export function TaskList({ name, list, tasks, edited, selection }: TaskListProps) {
  const { isFetchingNextPage, isFetchNextPageError, hasNextPage, fetchNextPage } = list;
  const { state } = useView();
  const fetchMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  if (!tasks) return list.error ? <ListTrouble list={list} /> : <TaskSkeleton />;
  const waiting = list.isPlaceholderData && tasks.length === 0;
  if (waiting && !list.error) return <TaskSkeleton />;
  return (
    <div>
      {list.error && !isFetchNextPageError && <ListTrouble list={list} />}
      {tasks.length === 0 && !list.error && <Nothing view={state.view} />}
      {tasks.length > 0 && (
        <TaskRows
          label={name}
          tasks={tasks}
          edited={edited}
          selection={selection}
          onEnd={fetchMore}
          more={hasNextPage}
          busy={list.isPlaceholderData}
        />
      )}
      {isFetchNextPageError && <ListTrouble list={list} />}
    </div>
  );
}

function Nothing({ view }: { view: View }) {
  const t = useT();
  const { state, show } = useView();
  const filtered = isFiltered(state);
  return (
    <div className="py-14 text-center text-muted">
      <p>{t(filtered ? "tasks.empty.filtered" : `tasks.empty.${view}`)}</p>
      {filtered && (
        <Button className="mt-4" onClick={() => show({ ...plainView, view: state.view })}>
          {t("tasks.clearFilters")}
        </Button>
      )}
    </div>
  );
}
