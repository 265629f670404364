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

/**
 * What a title is sorted by, in every database alike: its letters without case or accents. The
 * column is compared byte by byte, because a database's own collations differ from host to host.
 */
export function titleSortKey(title: string): string {
  return title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
