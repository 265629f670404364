"use client";

import type { Task } from "@taskbridge/contract";
import { useEffect, useRef, useState } from "react";
import { failureOf, trpc } from "../trpc/client.ts";
import { useAnnounce } from "./announcer.tsx";
import { Button } from "./button.tsx";
import { TaskEditor } from "./task-editor.tsx";
import { TaskSummary } from "./task-summary.tsx";

export function TaskItem({ task }: { task: Task }) {
  const [mode, setMode] = useState<"shown" | "edited" | "asked">("shown");
  const editButton = useRef<HTMLButtonElement>(null);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const reload = () => utils.task.list.invalidate();

  const tick = trpc.task.update.useMutation({
    onSuccess: ({ title, completed }) => {
      announce(`${completed ? "Completed" : "Open again"}: ${title}`);
      return reload();
    },
    // Changed elsewhere meanwhile: show what it is now.
    onError: reload,
  });
  const remove = trpc.task.delete.useMutation({
    onSuccess: () => {
      announce(`Deleted: ${task.title}`);
      return reload();
    },
    onError: reload,
  });
  const trouble = tick.error ?? remove.error;

  // The control that was used is gone when its form closes: focus goes back to where it came from.
  const returns = useRef(false);
  useEffect(() => {
    if (mode !== "shown") returns.current = true;
    else if (returns.current) editButton.current?.focus();
  }, [mode]);
  const backToShown = () => setMode("shown");

  return (
    <li className="rounded-2xl border border-line bg-surface p-3">
      {mode === "edited" ? (
        <TaskEditor task={task} onDone={backToShown} />
      ) : (
        <div className="flex flex-wrap items-start gap-2">
          <label className="flex size-11 shrink-0 cursor-pointer items-center justify-center">
            <input
              type="checkbox"
              className="size-5 accent-accent"
              aria-label={`Completed: ${task.title}`}
              checked={tick.isPending ? tick.variables.completed : task.completed}
              disabled={tick.isPending}
              onChange={(event) =>
                tick.mutate({ id: task.id, version: task.version, completed: event.target.checked })
              }
            />
          </label>
          <TaskSummary task={task} />
          <div className="ml-auto flex gap-2">
            {mode === "asked" ? (
              <>
                <Button
                  kind="danger"
                  autoFocus
                  disabled={remove.isPending}
                  onClick={() => remove.mutate({ id: task.id })}
                >
                  Really delete
                </Button>
                <Button onClick={backToShown}>Keep</Button>
              </>
            ) : (
              <>
                <Button
                  ref={editButton}
                  aria-label={`Edit: ${task.title}`}
                  onClick={() => setMode("edited")}
                >
                  Edit
                </Button>
                <Button
                  kind="danger"
                  aria-label={`Delete: ${task.title}`}
                  onClick={() => setMode("asked")}
                >
                  Delete
                </Button>
              </>
            )}
          </div>
        </div>
      )}
      {trouble && (
        <p role="alert" className="mt-2 text-sm text-danger">
          {failureOf(trouble).message}
        </p>
      )}
    </li>
  );
}
