import {
  type DeletedTask,
  type Priority,
  priorities,
  searchNotes,
  searchTag,
  searchText,
  type Task,
  titleKey,
} from "@taskbridge/contract";
import type { TaskRecord } from "./task-table.ts";

type TaskColumn = keyof TaskRecord;

/** The columns that make a task. The owner is not among them. */
export const taskColumns = [
  "id",
  "title",
  "notes",
  "completedAt",
  "dueDate",
  "priority",
  "tags",
  "version",
  "createdAt",
  "updatedAt",
] as const satisfies TaskColumn[];
/** And what a list of them is sorted by. */
export const listedColumns = [...taskColumns, "titleKey"] as const;
export const deletedColumns = [...taskColumns, "deletedAt"] as const;

export type TaskRow = Pick<TaskRecord, (typeof taskColumns)[number]>;
export type ListedRow = Pick<TaskRecord, (typeof listedColumns)[number]>;
export type DeletedRow = Pick<TaskRecord, (typeof deletedColumns)[number]>;

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    title: row.title,
    notes: row.notes,
    completed: row.completedAt !== null,
    completedAt: row.completedAt,
    dueDate: row.dueDate,
    priority: priorityOf(row.priority),
    tags: row.tags,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

export const toDeletedTask = (row: DeletedRow): DeletedTask => {
  if (!row.deletedAt) throw new Error("A task among the deleted ones is not deleted.");
  return { ...toTask(row), deletedAt: row.deletedAt };
};

export const toDay = (date: Date) => date.toISOString().slice(0, 10);

/** A priority as it is kept, to be sorted by: the place among them, none being the least urgent. */
export const rankOf = (priority: Priority) => priorities.indexOf(priority);
export function priorityOf(rank: number): Priority {
  const priority = priorities[rank];
  if (!priority) throw new Error("There is no such priority.");
  return priority;
}

type Texts = Pick<Task, "title" | "notes" | "tags">;

/**
 * What is kept beside a task's texts, to sort and to search by. "searchTitle" has the words of the title in its
 * first line, and those of each tag in one of their own.
 */
export const derivedColumns = ({ title, notes, tags }: Texts) => ({
  titleKey: titleKey(title),
  searchTitle: searchText(title) + tagLines(tags),
  searchNotes: searchNotes(notes),
});

/** The further lines of "searchTitle", each with the line break before it. */
export const tagLines = (tags: readonly string[]) =>
  tags.map((tag) => `\n${searchTag(tag)}`).join("");
