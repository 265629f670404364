import type { TaskCreate } from "@taskbridge/contract";
import { v7 as uuidv7 } from "uuid";
import { notesColumns, rankOf, titleColumns } from "./rows.ts";
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
  ...titleColumns(title),
  ...notesColumns(notes),
  completedAt: completedAt?.toISOString() ?? null,
  dueDate,
  priority: rankOf(priority),
  tags,
  createdAt: createdAt.toISOString(),
  updatedAt: now.toISOString(),
});
