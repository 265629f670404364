import * as z from "zod";
import { MAX_CHANGED_TASKS } from "./rules.ts";
import { dateSchema, prioritySchema, tagSchema, taskIdSchema, taskSchema } from "./task.ts";

/** How many tasks a request may name; the answer holds them all. */
export const MAX_NAMED_TASKS = 100;

const taskIdsUpTo = (max: number) =>
  z
    .array(taskIdSchema)
    .min(1, "Must name at least one task.")
    .max(max, `Must name at most ${max} tasks.`)
    .refine(
      (ids) => new Set(ids.map((id) => id.toLowerCase())).size === ids.length,
      "Must not name a task twice.",
    )
    .meta({ uniqueItems: true, description: "Each once, in whatever case." });

/** Many tasks by their ids, each named once, in whatever case. */
export const taskIdsSchema = taskIdsUpTo(MAX_NAMED_TASKS);

export const setCompletedSchema = z.strictObject({ ids: taskIdsSchema, completed: z.boolean() });
export type SetCompleted = z.infer<typeof setCompletedSchema>;

/** The tasks in the order in which they were named, and the ids that name none of one's own. */
export const setCompletedAnswerSchema = z.strictObject({
  items: z.array(taskSchema),
  missing: z.array(taskIdSchema),
});
export type SetCompletedAnswer = z.infer<typeof setCompletedAnswerSchema>;

const countSchema = z.int().min(0);

/** One thing that many tasks become. Each of them can be said twice and is then as if it was said once. */
export const manyChangeSchema = z
  .strictObject({
    completed: z.boolean(),
    priority: prioritySchema,
    dueDate: dateSchema.nullable(),
    addTag: tagSchema.meta({
      description: "Tasks that have as many as they may stay as they are.",
    }),
    removeTag: tagSchema,
    deleted: z.boolean().meta({ description: "False brings back what can still be brought back." }),
  })
  .partial()
  .refine((change) => Object.keys(change).length === 1, "Must name exactly one change.")
  .meta({ minProperties: 1, maxProperties: 1, description: "Exactly one of these." });
export type ManyChange = z.infer<typeof manyChangeSchema>;

export const changeManySchema = z.strictObject({
  ids: taskIdsUpTo(MAX_CHANGED_TASKS),
  change: manyChangeSchema,
});
export type ChangeMany = z.infer<typeof changeManySchema>;

/** How many of one's own tasks the change was about, and the ids that name none of them. */
export const changeManyAnswerSchema = z.strictObject({
  count: countSchema,
  missing: z.array(taskIdSchema),
});
export type ChangeManyAnswer = z.infer<typeof changeManyAnswerSchema>;

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
