import { ownedTable, Prisma, type RowOf } from "../../src/index.ts";

export type TaskRecord = RowOf<Omit<Prisma.TaskGetPayload<object>, "userId">>;

const columns = {
  id: "uuid",
  title: "text",
  titleKey: "text",
  searchTitle: "text",
  notes: "text",
  searchNotes: "text",
  completedAt: "timestamptz",
  dueDate: "date",
  priority: "smallint",
  tags: "text[]",
  version: "int",
  createdAt: "timestamptz",
  updatedAt: "timestamptz",
  deletedAt: "timestamptz",
};

// A table of our own in two states, as the task service has it.
export const taskTable = ownedTable<TaskRecord>("task", columns, {
  later: ["deletedAt"],
  state: Prisma.sql`"deletedAt" IS NULL`,
});
export const deletedTaskTable = ownedTable<TaskRecord>("task", columns, {
  state: Prisma.sql`"deletedAt" IS NOT NULL`,
});
