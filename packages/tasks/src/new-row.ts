import type { TaskCreate } from "@taskbridge/contract";
import { v7 as uuidv7 } from "uuid";
import { derivedColumns, rankOf } from "./rows.ts";
import type { TaskRecord } from "./task-table.ts";

interface Times {
  now: Date;
  completedAt: Date | null;
  /** Now where nothing else is said. */
  createdAt?: Date | undefined;
}

/** The row of a new task. Ids made one after the other are in order. */
export const newRow = (
  { title, notes, dueDate, priority, tags }: Omit<TaskCreate, "completed">,
  { now, completedAt, createdAt = now }: Times,
): Partial<TaskRecord> & Pick<TaskRecord, "id"> => ({
  id: uuidv7(),
  title,
  notes,
  ...derivedColumns({ title, notes, tags }),
  completedAt: completedAt?.toISOString() ?? null,
  dueDate,
  priority: rankOf(priority),
  tags,
  createdAt: createdAt.toISOString(),
  updatedAt: now.toISOString(),
});
