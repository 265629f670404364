import { z } from "zod";
import { dateSchema, prioritySchema, tagSchema, taskSchema, textSchema } from "./task.ts";

/** How many tasks a page may hold. */
export const pageSizeSchema = z.int().min(1).max(100);
const PAGE_SIZE = 20;

const paging = {
  limit: pageSizeSchema.default(PAGE_SIZE),
  cursor: z.string().max(2000).optional(),
};

/** What a list may be asked for. Both doors take exactly these names; anything else is refused. */
export const taskQuerySchema = z.strictObject({
  status: z.enum(["open", "completed", "all"]).default("all"),
  q: textSchema.max(200, "Must have at most 200 characters.").optional(),
  priority: prioritySchema.optional(),
  tag: tagSchema.optional(),
  dueBefore: dateSchema.optional(),
  dueAfter: dateSchema.optional(),
  sort: z.enum(["created", "due", "priority", "title"]).default("created"),
  /** Without it, newest and most urgent first, but earliest due day and title from A. */
  order: z.enum(["asc", "desc"]).optional(),
  ...paging,
});
export type TaskQuery = z.infer<typeof taskQuerySchema>;

export const taskPageSchema = z.strictObject({
  items: z.array(taskSchema),
  nextCursor: z.string().nullable(),
});
export type TaskPage = z.infer<typeof taskPageSchema>;

export const deletedTaskQuerySchema = z.strictObject(paging);
export type DeletedTaskQuery = z.infer<typeof deletedTaskQuerySchema>;

/** A task that can still be brought back. */
export const deletedTaskSchema = taskSchema.extend({ deletedAt: z.iso.datetime() });
export type DeletedTask = z.infer<typeof deletedTaskSchema>;

/** The last deleted first. */
export const deletedTaskPageSchema = z.strictObject({
  items: z.array(deletedTaskSchema),
  nextCursor: z.string().nullable(),
});
export type DeletedTaskPage = z.infer<typeof deletedTaskPageSchema>;
