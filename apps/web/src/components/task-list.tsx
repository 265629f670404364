"use client";

import type { TaskQuery } from "@taskbridge/contract";
import { failureOf, trpc } from "../trpc/client.ts";
import { Button } from "./button.tsx";
import { TaskItem } from "./task-item.tsx";

const nothing = {
  open: "Nothing to do. Add a task above.",
  completed: "Nothing is completed yet.",
  all: "No tasks yet. Add the first one above.",
};

export function TaskList({ status }: { status: TaskQuery["status"] }) {
  const list = trpc.task.list.useInfiniteQuery(
    { status },
    { getNextPageParam: (page) => page.nextCursor },
  );

  if (list.isPending) return <Skeleton />;
  if (list.isError && !list.data) {
    return (
      <div role="alert" className="space-y-3 rounded-2xl border border-line bg-surface p-6">
        <p>{failureOf(list.error).message}</p>
        <Button onClick={() => list.refetch()}>Try again</Button>
      </div>
    );
  }

  const tasks = list.data.pages.flatMap((page) => page.items);
  if (tasks.length === 0) {
    return (
      <p className="rounded-2xl border border-dashed border-line p-10 text-center text-muted">
        {nothing[status]}
      </p>
    );
  }
  return (
    <>
      <ul aria-label="Tasks" className="space-y-2">
        {tasks.map((task) => (
          <TaskItem key={task.id} task={task} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          className="w-full"
          disabled={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          {list.isFetchingNextPage ? "Loading …" : "Load more"}
        </Button>
      )}
    </>
  );
}

function Skeleton() {
  return (
    <div role="status">
      <span className="sr-only">Loading your tasks …</span>
      <div aria-hidden className="motion-safe:animate-pulse space-y-2">
        {[1, 2, 3].map((row) => (
          <div key={row} className="h-16 rounded-2xl bg-calm" />
        ))}
      </div>
    </div>
  );
}
