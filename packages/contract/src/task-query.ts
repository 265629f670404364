import { z } from "zod";
import { dateSchema, prioritySchema, tagSchema, taskSchema, textSchema } from "./task.ts";

/** How many tasks a page may hold. */
export const pageSizeSchema = z.int().min(1).max(100);
const PAGE_SIZE = 20;

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
  limit: pageSizeSchema.default(PAGE_SIZE),
  cursor: z.string().max(2000).optional(),
});
export type TaskQuery = z.infer<typeof taskQuerySchema>;

export const taskPageSchema = z.strictObject({
  items: z.array(taskSchema),
  nextCursor: z.string().nullable(),
});
export type TaskPage = z.infer<typeof taskPageSchema>;
