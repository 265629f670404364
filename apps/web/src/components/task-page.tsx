"use client";

import type { TaskQuery } from "@taskbridge/contract";
import { useState } from "react";
import { CONTENT_ID } from "../shell/skip-link.tsx";
import { StatusFilter } from "./status-filter.tsx";
import { TaskComposer } from "./task-composer.tsx";
import { TaskList } from "./task-list.tsx";

export function TaskPage() {
  const [status, setStatus] = useState<TaskQuery["status"]>("open");
  return (
    <main
      id={CONTENT_ID}
      tabIndex={-1}
      className="outline-none mx-auto max-w-3xl space-y-6 p-4 pb-16"
    >
      <h1 className="text-2xl font-semibold">Tasks</h1>
      <TaskComposer />
      <StatusFilter status={status} onChange={setStatus} />
      <TaskList status={status} />
    </main>
  );
}
