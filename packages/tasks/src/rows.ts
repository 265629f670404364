import type { Task } from "@taskbridge/contract";
import type { Prisma } from "@taskbridge/db";

/** The columns that leave the database. The owner is not among them. */
export const taskColumns = {
  id: true,
  title: true,
  notes: true,
  completedAt: true,
  dueDate: true,
  priority: true,
  tags: true,
  version: true,
  createdAt: true,
  updatedAt: true,
} as const satisfies Prisma.TaskSelect;

export type TaskRow = Prisma.TaskGetPayload<{ select: typeof taskColumns }>;

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    title: row.title,
    notes: row.notes,
    completed: row.completedAt !== null,
    completedAt: row.completedAt?.toISOString() ?? null,
    dueDate: row.dueDate ? toDay(row.dueDate) : null,
    priority: row.priority,
    tags: row.tags,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export const toDay = (date: Date) => date.toISOString().slice(0, 10);
export const fromDay = (day: string) => new Date(`${day}T00:00:00.000Z`);

/** A text's letters without case or accents: in every database alike, whatever its locale. */
export const fold = (text: string) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

/** Some letters fold to eighteen, and an index has room for some 2 700 bytes. */
const SORT_KEY_LENGTH = 200;

/** What a title is sorted by; the column is compared byte by byte. */
export const titleSortKey = (title: string) => [...fold(title)].slice(0, SORT_KEY_LENGTH).join("");

/** The columns that are kept beside the words themselves, to sort and to search by. */
export const derivedColumns = ({ title, notes }: { title: string; notes: string }) => ({
  titleKey: titleSortKey(title),
  searchText: fold(`${title}\n${notes}`),
});
