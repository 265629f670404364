import * as z from "zod";
import {
  MAX_SEARCH_LENGTH,
  MAX_SEARCH_WORDS,
  SHORT_SEARCH_TASKS,
  sortOrders,
  taskSorts,
  wordsOf,
} from "./rules.ts";
import { dateSchema, prioritySchema, shortTextSchema, tagSchema, taskSchema } from "./task.ts";

/** How many tasks a page may hold. */
export const pageSizeSchema = z.int().min(1).max(100).meta({
  description:
    "How many a page may hold. Long ones make it shorter: `nextCursor` alone tells whether there are more.",
});
export const PAGE_SIZE = 20;

const paging = {
  limit: pageSizeSchema.default(PAGE_SIZE),
  cursor: z
    .string()
    .max(2000)
    .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/, "Is not a cursor that this query returned.")
    .meta({ description: "The `nextCursor` of the page before, of the same query." })
    .optional(),
};

/** What a list may be asked for. Both doors take exactly these names; anything else is refused. */
export const taskQuerySchema = z.strictObject({
  status: z
    .enum(["open", "completed", "all"])
    .meta({ description: "Those that are still to be done, those that are, or both." })
    .default("all"),
  q: shortTextSchema(MAX_SEARCH_LENGTH)
    .refine(
      (text) => wordsOf(text).length <= MAX_SEARCH_WORDS,
      `Must have at most ${MAX_SEARCH_WORDS} words.`,
    )
    .meta({
      maxLength: MAX_SEARCH_LENGTH,
      description: `Words that title, notes or tags must have, all of them; at most ${MAX_SEARCH_WORDS}. Case, accents, hyphens and apostrophes make no difference, \`ß\` is \`ss\`, and \`ue\` finds \`ü\`; a tag is found as \`#tag\` too. If none has three letters or digits in a row, only the newest ${SHORT_SEARCH_TASKS} tasks are searched.`,
    })
    .optional(),
  priority: prioritySchema.meta({ description: "Of this priority." }).optional(),
  tag: tagSchema.meta({ description: "With this tag, spelt like this." }).optional(),
  dueBefore: dateSchema.meta({ description: "Due before this day." }).optional(),
  dueAfter: dateSchema.meta({ description: "Due after this day." }).optional(),
  sort: z
    .enum(taskSorts)
    .meta({
      description:
        "By what they are sorted. By `completed`, open tasks come behind those completed last; by `due`, tasks without a day come last in either order; by `title`, numbers are compared by their value.",
    })
    .default("created"),
  order: z
    .enum(sortOrders)
    .meta({
      description:
        "Without it, newest, last completed and most urgent first, but earliest due day and title from A.",
    })
    .optional(),
  ...paging,
});
export type TaskQuery = z.infer<typeof taskQuerySchema>;

const nextCursorSchema = z
  .string()
  .nullable()
  .meta({ description: "What `cursor` takes to get the next page; null on the last one." });

export const taskPageSchema = z.strictObject({
  items: z.array(taskSchema),
  nextCursor: nextCursorSchema,
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
  nextCursor: nextCursorSchema,
});
export type DeletedTaskPage = z.infer<typeof deletedTaskPageSchema>;
