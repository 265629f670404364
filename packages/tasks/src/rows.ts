import { type DeletedTask, fold, type Priority, priorities, type Task } from "@taskbridge/contract";
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

/** Some letters fold to eighteen, and an index has room for some 2 700 bytes. */
const SORT_KEY_LENGTH = 200;

/** What is kept beside a title, to sort and to search by; the key is compared byte by byte. */
export const titleColumns = (title: string) => {
  const searchTitle = fold(title);
  const titleKey = [...searchTitle].slice(0, SORT_KEY_LENGTH).join("");
  return { title, titleKey, searchTitle };
};

/** Far more than notes fold to, but for a few letters that are whole sentences. */
const SEARCHED_LENGTH = 20_000;

/** What is kept beside notes. */
export const notesColumns = (notes: string) => {
  const folded = fold(notes);
  const short = folded.length <= SEARCHED_LENGTH;
  return { notes, searchNotes: short ? folded : [...folded].slice(0, SEARCHED_LENGTH).join("") };
};
