"use client";

import type { Task } from "@taskbridge/contract";
import { useEffect, useRef, useState } from "react";
import { trpc } from "../trpc/client.ts";
import { failureOf } from "../trpc/failure.ts";
import { useAnnounce } from "./announcer.tsx";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";
import { TaskEditor } from "./task-editor.tsx";
import { TaskSummary } from "./task-summary.tsx";

interface TaskItemProps {
  task: Task;
  edited: boolean;
  onEdit: (edited: boolean) => void;
}

export function TaskItem({ task, edited, onEdit }: TaskItemProps) {
  const [asked, setAsked] = useState(false);
  /** Shown at once, until the server's word is there. */
  const [ticked, setTicked] = useState<boolean>();
  const editButton = useFocusWhenBack<HTMLButtonElement>(edited);
  const deleteButton = useFocusWhenBack<HTMLButtonElement>(asked);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const reload = () => utils.task.list.invalidate();
  const refused = (error: unknown) => {
    announce(failureOf(error).message);
    // Changed or deleted elsewhere, perhaps: show what it is now.
    return reload();
  };

  const tick = trpc.task.update.useMutation({
    onSuccess: ({ title, completed }) => {
      announce(`${completed ? "Completed" : "Open again"}: ${title}`);
      return reload();
    },
    onError: refused,
    onSettled: () => setTicked(undefined),
  });
  const remove = trpc.task.delete.useMutation({
    onSuccess: () => {
      announce(`Deleted: ${task.title}`);
      return reload();
    },
    onError: refused,
  });
  const trouble = tick.error ?? remove.error;

  if (edited) return <TaskEditor task={task} onDone={() => onEdit(false)} />;
  return (
    <>
      <div className="flex flex-wrap items-start gap-2">
        <label className="flex size-11 shrink-0 cursor-pointer items-center justify-center">
          <input
            type="checkbox"
            className="size-5 accent-accent"
            aria-label={`Completed: ${task.title}`}
            checked={ticked ?? task.completed}
            onChange={(event) => {
              if (ticked !== undefined) return;
              const completed = event.target.checked;
              setTicked(completed);
              tick.mutate({ id: task.id, version: task.version, completed });
            }}
          />
        </label>
        <TaskSummary task={task} />
        {asked ? (
          // biome-ignore lint/a11y/noStaticElementInteractions: Escape does what "Keep" does.
          <div
            className="ml-auto flex gap-2"
            onKeyDown={({ key }) => key === "Escape" && setAsked(false)}
          >
            <Button
              kind="danger"
              busy={remove.isPending}
              onClick={() => remove.mutate({ id: task.id, version: task.version })}
            >
              Really delete
            </Button>
            {/* The harmless one: a key held too long must not delete. */}
            <Button autoFocus onClick={() => setAsked(false)}>
              Keep
            </Button>
          </div>
        ) : (
          <div className="ml-auto flex gap-2">
            <Button
              ref={editButton}
              aria-label={`Edit: ${task.title}`}
              onClick={() => onEdit(true)}
            >
              Edit
            </Button>
            <Button
              ref={deleteButton}
              kind="danger"
              aria-label={`Delete: ${task.title}`}
              onClick={() => setAsked(true)}
            >
              Delete
            </Button>
          </div>
        )}
      </div>
      {trouble && <Notice className="mt-2">{failureOf(trouble).message}</Notice>}
    </>
  );
}

/** Gives the focus back to what was replaced by a form, when it comes back. */
function useFocusWhenBack<Element extends HTMLElement>(away: boolean) {
  const element = useRef<Element>(null);
  const wasAway = useRef(away);
  useEffect(() => {
    if (wasAway.current && !away) element.current?.focus();
    wasAway.current = away;
  }, [away]);
  return element;
}
