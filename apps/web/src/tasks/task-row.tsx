"use client";

import type { Task } from "@taskbridge/contract";
import { Trash2 } from "lucide-react";
import { type MouseEvent, memo } from "react";
import { IconButton } from "../components/button.tsx";
import { Checkbox } from "../components/checkbox.tsx";
import { lazyPart } from "../components/lazy-part.tsx";
import { InlineFallback } from "../loading/inline-fallback.tsx";
import type { PartState } from "../loading/use-part.ts";
import { useT } from "../strings/provider.tsx";
import { usePageCommands } from "./page-context.tsx";
import { TaskDetails } from "./task-details.tsx";

export const TaskEditor = lazyPart(
  () => import("./task-editor.tsx").then((m) => m.TaskEditor),
  EditorFallback,
);

function EditorFallback({ task, ...state }: { task: Task } & PartState) {
  const { closeEditor } = usePageCommands();
  return <InlineFallback {...state} title={task.title} onClose={() => closeEditor(task)} />;
}

interface TaskRowProps {
  task: Task;
  selected: boolean;
  /** Whether some task is selected, or is to be. */
  selecting: boolean;
  edited: boolean;
}

/** One task: tick it, press its title to edit it, hold a key to select it. */
export const TaskRow = memo(function TaskRow({ task, selected, selecting, edited }: TaskRowProps) {
  const t = useT();
  const { actions, edit, choose, toggleSelected } = usePageCommands();
  const { title, notes, completed } = task;

  if (edited) {
    return (
      <div className="border-b border-line bg-surface px-3 py-4 sm:px-4">
        <TaskEditor task={task} />
      </div>
    );
  }
  const press = (event: MouseEvent) => {
    if (!choose(task, event)) edit(task);
  };
  return (
    <div
      className={`group flex items-start border-b border-line pe-1 ${selected ? "bg-chosen" : "hover:bg-calm"}`}
    >
      <Checkbox
        label={t("tasks.complete", { title })}
        checked={completed}
        data-row-focus
        onChange={(event) => actions.setCompleted([task], event.target.checked)}
      />
      <div className="min-w-0 flex-1">
        <button
          type="button"
          aria-label={t("tasks.edit", { title })}
          onClick={press}
          dir="auto"
          className={`block min-h-11 w-full rounded-control py-2.5 text-start wrap-anywhere ${completed ? "text-muted line-through" : ""}`}
        >
          {title}
        </button>
        {notes && (
          <p
            dir="auto"
            className="-mt-1.5 line-clamp-1 text-sm not-last:mb-0.5 last:mb-2.5 text-muted wrap-anywhere"
          >
            {notes}
          </p>
        )}
        <TaskDetails task={task} className={notes ? "pb-2.5" : "-mt-1.5 pb-2.5"} />
      </div>
      <div
        className={`flex group-hover:opacity-100 focus-within:opacity-100 pointer-coarse:hidden max-sm:hidden ${selecting ? "invisible" : "opacity-0"}`}
      >
        <IconButton
          label={t("tasks.delete", { title })}
          className="text-muted"
          onClick={() => actions.remove([task])}
        >
          <Trash2 aria-hidden size={18} />
        </IconButton>
      </div>
      <div
        className={
          selecting
            ? ""
            : "opacity-0 group-hover:opacity-100 focus-within:opacity-100 pointer-coarse:hidden max-sm:hidden"
        }
      >
        <Checkbox
          shape="square"
          label={t("tasks.select", { title })}
          checked={selected}
          onChange={() => toggleSelected(task)}
        />
      </div>
    </div>
  );
});
