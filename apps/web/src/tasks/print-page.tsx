"use client";

import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useEffect } from "react";
import { Button } from "../components/button.tsx";
import { TextLink } from "../components/link.tsx";
import { CONTENT_ID } from "../shell/skip-link.tsx";
import { useT } from "../strings/provider.tsx";
import { ListTrouble } from "./list-trouble.tsx";
import type { Day } from "./model/days.ts";
import { TaskDetails } from "./task-details.tsx";
import { useTaskList } from "./use-task-list.ts";
import { TodayProvider } from "./use-today.tsx";
import { useView } from "./use-view.ts";
import { viewName } from "./view-name.ts";
import { GroupHeading } from "./views/group-heading.tsx";
import { useGroups } from "./views/use-groups.ts";

/** All of the list that the address says, on paper. */
export function PrintPage(time: { serverDay: Day; serverTimeZone: string }) {
  return (
    <NuqsAdapter>
      <TodayProvider {...time}>
        <Sheet />
      </TodayProvider>
    </NuqsAdapter>
  );
}

function Sheet() {
  const t = useT();
  const { state, query } = useView();
  const { list, tasks } = useTaskList(query);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  const more = hasNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (more && !isFetchingNextPage) void fetchNextPage();
  }, [more, isFetchingNextPage, fetchNextPage]);

  const groups = useGroups(tasks);

  const complete = tasks !== undefined && !hasNextPage;
  return (
    <main
      id={CONTENT_ID}
      tabIndex={-1}
      className="mx-auto max-w-3xl p-4 outline-none sm:p-8 print:p-0"
    >
      <div className="mb-4 flex flex-wrap items-center gap-3 print:hidden">
        <Button kind="primary" busy={!complete} onClick={() => window.print()}>
          {t(complete ? "transfer.print" : "tasks.loadingMore")}
        </Button>
        <TextLink className="inline-block py-3" href={{ pathname: "/tasks", search: searchOf() }}>
          {t("notFound.home")}
        </TextLink>
      </div>
      <h1 className="text-xl font-semibold" dir="auto">
        {viewName(t, state)}
      </h1>
      {list.error && <ListTrouble list={list} />}
      <p role="status" className="mb-3 text-sm text-muted">
        {tasks && t("tasks.shown", { count: tasks.length })}
      </p>
      <ul aria-label={viewName(t, state)}>
        {tasks?.map((task) => (
          <li key={task.id} className="break-inside-avoid">
            <GroupHeading group={groups.get(task.id)} />
            <div className="flex gap-3 border-b border-line py-2">
              <span
                role="img"
                aria-label={t(task.completed ? "field.completedYes" : "field.completedNo")}
                className="mt-1 grid size-4 shrink-0 place-items-center rounded-full border border-edge text-xs"
              >
                {task.completed ? "✓" : ""}
              </span>
              <div className="min-w-0 flex-1">
                <p dir="auto" className="wrap-anywhere">
                  {task.title}
                </p>
                {task.notes && (
                  <p dir="auto" className="text-sm whitespace-pre-line text-muted wrap-anywhere">
                    {task.notes}
                  </p>
                )}
                <TaskDetails task={task} />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </main>
  );
}

const searchOf = () => (typeof window === "undefined" ? "" : window.location.search);
