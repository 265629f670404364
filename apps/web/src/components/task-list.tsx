"use client";

import type { Task, TaskQuery } from "@taskbridge/contract";
import { useMemo, useState } from "react";
import { trpc } from "../trpc/client.ts";
import { failureOf } from "../trpc/failure.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";
import { TaskItem } from "./task-item.tsx";
import { TaskSkeleton } from "./task-skeleton.tsx";
import { useKeptFocus } from "./use-kept-focus.ts";

const nothing = {
  open: "Nothing to do. Add a task above.",
  completed: "Nothing is completed yet.",
  all: "No tasks yet. Add the first one above.",
};

export function TaskList({ status }: { status: TaskQuery["status"] }) {
  const [edited, setEdited] = useState<{ task: Task; index: number }[]>([]);
  const list = trpc.task.list.useInfiniteQuery(
    { status },
    {
      getNextPageParam: (page) => page.nextCursor,
      // Until the next filter's tasks are there, the last one's stay.
      placeholderData: (previous) => previous,
    },
  );
  const tasks = useMemo(
    () => withEdited(list.data?.pages.flatMap((page) => page.items) ?? [], edited),
    [list.data, edited],
  );
  const keptFocus = useKeptFocus(useMemo(() => tasks.map(({ id }) => id), [tasks]));

  if (list.isPending) return <TaskSkeleton />;

  const trouble = list.error && (
    <Notice className="space-y-3 rounded-2xl border border-line bg-surface p-4">
      <p>{failureOf(list.error).message}</p>
      <Button onClick={() => (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())}>
        Try again
      </Button>
    </Notice>
  );
  if (!list.data) return trouble;

  return (
    <>
      {!list.isFetchNextPageError && trouble}
      {tasks.length === 0 ? (
        <p className="rounded-2xl border border-dashed border-edge p-10 text-center text-muted">
          {nothing[status]}
        </p>
      ) : (
        <ul
          ref={keptFocus}
          aria-label="Tasks"
          aria-busy={list.isPlaceholderData}
          className="space-y-2 aria-busy:opacity-60"
        >
          {tasks.map((task, index) => (
            <li
              key={task.id}
              data-task={task.id}
              className="rounded-2xl border border-line bg-surface p-3"
            >
              <TaskItem
                task={task}
                edited={edited.some((entry) => entry.task.id === task.id)}
                onEdit={(isEdited) =>
                  setEdited((entries) => [
                    ...entries.filter((entry) => entry.task.id !== task.id),
                    ...(isEdited ? [{ task, index }] : []),
                  ])
                }
              />
            </li>
          ))}
        </ul>
      )}
      {list.isFetchNextPageError && trouble}
      {list.hasNextPage && !list.isFetchNextPageError && (
        <Button
          className="w-full"
          busy={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          {list.isFetchingNextPage ? "Loading …" : "Load more"}
        </Button>
      )}
    </>
  );
}

/** A task that is being edited stays where it was, even where the list no longer holds it. */
function withEdited(tasks: Task[], edited: { task: Task; index: number }[]): Task[] {
  const missing = edited.filter((entry) => !tasks.some(({ id }) => id === entry.task.id));
  const all = [...tasks];
  for (const { task, index } of missing) all.splice(index, 0, task);
  return all;
}
