import type { Task } from "@taskbridge/contract";
import { priorityNames } from "./task-fields.ts";

export function TaskSummary({ task }: { task: Task }) {
  return (
    <div className="min-w-40 flex-1 py-2.5" dir="auto">
      <p className={`wrap-anywhere ${task.completed ? "text-muted line-through" : ""}`}>
        {task.title}
      </p>
      {task.notes && (
        <p className="mt-1 line-clamp-3 whitespace-pre-line text-sm text-muted wrap-anywhere">
          {task.notes}
        </p>
      )}
      <ul aria-label="Details" className="mt-1 flex flex-wrap gap-2 text-sm empty:hidden">
        {task.dueDate && (
          <li className="rounded bg-calm px-2 py-0.5">
            Due <time dateTime={task.dueDate}>{shownDay(task.dueDate)}</time>
          </li>
        )}
        {task.priority !== "none" && (
          <li className="rounded bg-calm px-2 py-0.5">{priorityNames[task.priority]} priority</li>
        )}
        {task.tags.map((tag) => (
          <li key={tag} className="rounded bg-calm px-2 py-0.5 wrap-anywhere">
            #{tag}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A calendar day as the viewer writes it; it is the same day in every time zone. */
const shownDay = (day: string) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString(undefined, {
    dateStyle: "medium",
    timeZone: "UTC",
  });
