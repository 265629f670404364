import { type OwnedTable, ownedTable, Prisma, type RowOf } from "@taskbridge/db";

/** A task's row, without its owner. Days and instants are texts, as scopes read them and the contract has them. */
export type TaskRecord = RowOf<Omit<Prisma.TaskGetPayload<object>, "userId">>;

type TaskDelta = RowOf<Omit<Prisma.TaskDeltaGetPayload<object>, "userId" | "id">> & { id: string };

const columns: OwnedTable<TaskRecord>["columns"] = {
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

/** The tasks there are. What is deleted is not among them: that is said here and in no query. */
export const taskTable = ownedTable<TaskRecord>("task", columns, {
  later: ["deletedAt"],
  state: Prisma.sql`"deletedAt" IS NULL`,
});

/** The deleted ones, those that are due to be purged among them. */
export const deletedTaskTable = ownedTable<TaskRecord>("task", columns, {
  state: Prisma.sql`"deletedAt" IS NOT NULL`,
});

/** By how much writes have changed the counts: their sums are what there is. Triggers write it. */
export const taskDeltaTable = ownedTable<TaskDelta>("task_delta", {
  id: "bigint",
  dueDate: "date",
  tags: "text[]",
  open: "int",
  completed: "int",
  folded: "boolean",
});
