"use client";

import type { DeletedTask } from "@taskbridge/contract";
import { RotateCcw } from "lucide-react";
import { useMemo } from "react";
import { Button } from "../components/button.tsx";
import { useStrings } from "../strings/provider.tsx";
import { trpc } from "../trpc/client.ts";
import { EmptyList } from "./empty-list.tsx";
import { ListTrouble } from "./list-trouble.tsx";
import { dayIn, writeDay } from "./model/days.ts";
import { deletedInput } from "./model/view.ts";
import { useOutboxState } from "./outbox/provider.tsx";
import { usePageCommands } from "./page-context.tsx";
import { TaskDetails } from "./task-details.tsx";
import { TaskSkeleton } from "./task-skeleton.tsx";
import { useKeptFocus } from "./use-kept-focus.ts";
import { useMovingFocus } from "./use-moving-focus.ts";
import { useTimeZone, useToday } from "./use-today.tsx";

/** What was deleted in the last 30 days, the last first, each with the way back. */
export function DeletedList() {
  const { t, locale } = useStrings();
  const today = useToday();
  const { actions } = usePageCommands();
  const timeZone = useTimeZone();
  const list = trpc.task.listDeleted.useInfiniteQuery(deletedInput, {
    getNextPageParam: (page) => page.nextCursor,
    // Long enough for what came with the page.
    staleTime: 5_000,
  });
  const tasks = useDeleted(list.data?.pages.flatMap(({ items }) => items));

  const keys = (tasks ?? []).map(({ id }) => id);
  useKeptFocus(keys);
  useMovingFocus(keys);

  if (!tasks) return list.error ? <ListTrouble list={list} /> : <TaskSkeleton />;
  return (
    <>
      {list.error && <ListTrouble list={list} />}
      {tasks.length === 0 ? (
        <EmptyList view="deleted" />
      ) : (
        <ul aria-label={t("view.deleted")} className="border-t border-line">
          {tasks.map((task) => (
            <li
              key={task.id}
              data-row={task.id}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2"
            >
              <div className="min-w-40 flex-1">
                <p dir="auto" className="wrap-anywhere">
                  {task.title}
                </p>
                <p className="text-sm text-muted" suppressHydrationWarning>
                  {t("tasks.deletedAt", {
                    day: writeDay(dayIn(timeZone, new Date(task.deletedAt)), today, locale),
                  })}
                </p>
                <TaskDetails task={task} />
              </div>
              <Button
                data-row-focus
                aria-label={t("tasks.restoreOne", { title: task.title })}
                onClick={() => actions.restore([withoutDeletion(task)])}
              >
                <RotateCcw aria-hidden size={18} />
                {t("tasks.restore")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button
          className="mt-3 w-full"
          busy={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          {t("menu.more")}
        </Button>
      )}
    </>
  );
}

/** With what was deleted here and is not sent yet, and without what was brought back. */
function useDeleted(loaded: DeletedTask[] | undefined): DeletedTask[] | undefined {
  const { changes } = useOutboxState();
  return useMemo(() => {
    if (!loaded) return undefined;
    // What is deleted between two reads of pages moves the others on, so that one may be in both.
    const each = [...new Map(loaded.map((task) => [task.id, task])).values()];
    return changes.reduce((tasks, change) => {
      const others = tasks.filter(({ id }) => id !== change.task.id);
      if (change.kind === "restore") return others;
      if (change.kind !== "delete") return tasks;
      return [{ ...change.task, deletedAt: new Date().toISOString() }, ...others];
    }, each);
  }, [loaded, changes]);
}

const withoutDeletion = ({ deletedAt: _, ...task }: DeletedTask) => task;
