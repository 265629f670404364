"use client";

import type { TaskQuery } from "@taskbridge/contract";
import { useState } from "react";
import { Announcer } from "./announcer.tsx";
import { SignOutButton } from "./sign-out-button.tsx";
import { StatusFilter } from "./status-filter.tsx";
import { TaskComposer } from "./task-composer.tsx";
import { TaskList } from "./task-list.tsx";

export function TaskPage({ name }: { name: string }) {
  const [status, setStatus] = useState<TaskQuery["status"]>("open");
  return (
    <Announcer>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-3xl items-center justify-between gap-3 p-4">
          <span className="text-lg font-semibold text-accent">Taskbridge</span>
          <div className="flex min-w-0 items-center gap-3">
            <span className="max-w-40 truncate text-muted" dir="auto">
              {name}
            </span>
            <SignOutButton />
          </div>
        </div>
      </header>
      <main className="mx-auto max-w-3xl space-y-6 p-4 pb-16">
        <h1 className="text-2xl font-semibold">Tasks</h1>
        <TaskComposer />
        <StatusFilter status={status} onChange={setStatus} />
        <TaskList status={status} />
      </main>
    </Announcer>
  );
}
