import type { Task } from "@taskbridge/contract";
import { CalendarDays, Check, Flag } from "lucide-react";
import { useStrings } from "../strings/provider.tsx";
import { dayIn, writeDay } from "./model/days.ts";
import { useTimeZone, useToday } from "./use-today.tsx";

const priorityLooks: Record<Task["priority"], string> = {
  none: "",
  low: "text-muted",
  medium: "text-warning",
  high: "text-danger",
};

interface TaskDetailsProps {
  task: Pick<Task, "dueDate" | "priority" | "tags" | "completed" | "completedAt">;
  className?: string;
}

/** When it was completed or is due, how urgent it is, and its tags; nothing where there is nothing. */
export function TaskDetails({ task, className = "" }: TaskDetailsProps) {
  const { t, locale } = useStrings();
  const today = useToday();
  const timeZone = useTimeZone();
  const { dueDate, priority, tags, completed, completedAt } = task;
  if (!completedAt && !dueDate && priority === "none" && tags.length === 0) return null;
  const late = dueDate !== null && dueDate < today && !completed;
  // What is done is not urgent.
  const dayLook = late ? "text-danger" : dueDate === today ? "text-success" : "text-muted";
  const day = dueDate && writeDay(dueDate, today, locale);
  const completedDay =
    completedAt && writeDay(dayIn(timeZone, new Date(completedAt)), today, locale);

  return (
    <ul
      aria-label={t("tasks.details")}
      className={`flex flex-wrap gap-x-3 gap-y-0.5 text-sm ${className}`}
    >
      {completedDay && (
        <li className="flex items-center gap-1 text-muted">
          <Check aria-hidden size={14} className="shrink-0" />
          <span className="sr-only" suppressHydrationWarning>
            {t("tasks.completedAt", { day: completedDay })}
          </span>
          <time aria-hidden dateTime={completedAt} suppressHydrationWarning>
            {completedDay}
          </time>
        </li>
      )}
      {day && (
        <li className={`flex items-center gap-1 ${completed ? "text-muted" : dayLook}`}>
          <CalendarDays aria-hidden size={14} className="shrink-0" />
          {/* The server's words for a day may be of another edition than the browser's. */}
          <span className="sr-only" suppressHydrationWarning>
            {t(late ? "tasks.dueOverdue" : "tasks.due", { day })}
          </span>
          <time aria-hidden dateTime={dueDate} suppressHydrationWarning>
            {day}
          </time>
        </li>
      )}
      {priority !== "none" && (
        <li
          className={`flex items-center gap-1 ${completed ? "text-muted" : priorityLooks[priority]}`}
        >
          <Flag aria-hidden size={14} className="shrink-0" />
          <span className="sr-only">
            {t("priority.badge", { priority: t(`priority.${priority}`) })}
          </span>
          <span aria-hidden>{t(`priority.${priority}`)}</span>
        </li>
      )}
      {tags.map((tag) => (
        <li key={tag} dir="auto" className="text-muted wrap-anywhere">
          #{tag}
        </li>
      ))}
    </ul>
  );
}
