import * as z from "zod";
import { MAX_NAMED_TASKS } from "./rules.ts";
import { dateSchema, tagSchema, taskIdSchema, taskSchema } from "./task.ts";

/** Many tasks by their ids, each named once, in whatever case. */
export const taskIdsSchema = z
  .array(taskIdSchema)
  .min(1, "Must name at least one task.")
  .max(MAX_NAMED_TASKS, `Must name at most ${MAX_NAMED_TASKS} tasks.`)
  .refine(
    (ids) => new Set(ids.map((id) => id.toLowerCase())).size === ids.length,
    "Must not name a task twice.",
  )
  .meta({ uniqueItems: true, description: "Each once, in whatever case." });

export const setCompletedSchema = z.strictObject({ ids: taskIdsSchema, completed: z.boolean() });
export type SetCompleted = z.infer<typeof setCompletedSchema>;

/** The tasks in the order in which they were named, and the ids that name none of one's own. */
export const setCompletedAnswerSchema = z.strictObject({
  items: z.array(taskSchema),
  missing: z.array(taskIdSchema),
});
export type SetCompletedAnswer = z.infer<typeof setCompletedAnswerSchema>;

export const deleteManySchema = z.strictObject({ ids: taskIdsSchema });
export type DeleteMany = z.infer<typeof deleteManySchema>;

/** The ids that name none of one's own, or one that is deleted already. */
export const deleteManyAnswerSchema = z.strictObject({ missing: z.array(taskIdSchema) });
export type DeleteManyAnswer = z.infer<typeof deleteManyAnswerSchema>;

const countSchema = z.int().min(0);

export const clearCompletedAnswerSchema = z.strictObject({ count: countSchema });

export const taskCountsQuerySchema = z.strictObject({
  today: dateSchema
    .meta({
      description:
        "The day it is where the user is, which decides what is overdue, due today and upcoming; without it, the day in UTC.",
    })
    .optional(),
});
export type TaskCountsQuery = z.infer<typeof taskCountsQuerySchema>;

/** How many tags are counted one by one: those that most tasks have. */
export const MAX_COUNTED_TAGS = 200;

export const taskCountsSchema = z.strictObject({
  open: countSchema,
  completed: countSchema,
  overdue: countSchema.meta({ description: "Open, and due before today." }),
  today: countSchema.meta({ description: "Open, and due today." }),
  upcoming: countSchema.meta({ description: "Open, and due after today." }),
  /** In the order of their names, as titles are sorted. */
  tags: z
    .array(z.strictObject({ tag: tagSchema, open: countSchema, completed: countSchema }))
    .max(MAX_COUNTED_TAGS),
});
export type TaskCounts = z.infer<typeof taskCountsSchema>;
