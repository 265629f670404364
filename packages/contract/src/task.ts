import { z } from "zod";

/**
 * An id as a client sends it. Any string is taken: one that no task can have is answered like one
 * that no task has, so that an id's form tells nothing.
 */
export const taskIdSchema = z.string();

export const prioritySchema = z.enum(["none", "low", "medium", "high"]);

/** A calendar day, `YYYY-MM-DD` (RFC 3339 full-date), that exists. */
export const dateSchema = z.iso
  .date("Must be a calendar day as YYYY-MM-DD.")
  // PostgreSQL's calendar has no year 0.
  .refine((day) => !day.startsWith("0000"), "Must be a calendar day as YYYY-MM-DD.");

// PostgreSQL stores neither NUL nor half a surrogate pair: refuse them rather than change the text.
const storable = (text: string) => !text.includes("\u0000") && text.isWellFormed();

/** Text that is kept exactly as it was sent. */
export const textSchema = z
  .string()
  .refine(storable, "Must be well-formed Unicode without the NUL character.");

// Lengths are counted in code points, as PostgreSQL's char_length counts them.
const length = (value: string) => [...value].length;
const between = (min: number, max: number) => (value: string) =>
  length(value) >= min && length(value) <= max;

export const titleSchema = textSchema
  .transform((value) => value.trim())
  .refine(between(1, 200), "Must have 1 to 200 characters after trimming.");

export const notesSchema = textSchema.refine(
  between(0, 10_000),
  "Must have at most 10000 characters.",
);

export const tagSchema = textSchema
  .transform((value) => value.trim())
  .refine(between(1, 50), "Must have 1 to 50 characters after trimming.");

export const tagsSchema = z
  .array(tagSchema)
  .max(20, "Must have at most 20 tags.")
  .refine((tags) => new Set(tags).size === tags.length, "Must not name a tag twice.");

const versionSchema = z.int().min(1).max(2_147_483_647);
const instantSchema = z.iso.datetime();

const editable = {
  title: titleSchema,
  notes: notesSchema,
  completed: z.boolean(),
  dueDate: dateSchema.nullable(),
  priority: prioritySchema,
  tags: tagsSchema,
};

/** A task as both doors answer it. Times are RFC 3339 UTC strings. */
export const taskSchema = z.strictObject({
  id: z.uuidv7(),
  ...editable,
  completedAt: instantSchema.nullable(),
  version: versionSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Task = z.infer<typeof taskSchema>;

/** A new task: only the title is needed. */
export const taskCreateSchema = z.strictObject({
  title: titleSchema,
  notes: notesSchema.default(""),
  completed: z.boolean().default(false),
  dueDate: dateSchema.nullable().default(null),
  priority: prioritySchema.default("none"),
  tags: tagsSchema.default([]),
});
export type TaskCreate = z.infer<typeof taskCreateSchema>;

/** The fields a change may name; what is left out stays. */
export const taskChangesSchema = z.strictObject(editable).partial();
export type TaskChanges = z.infer<typeof taskChangesSchema>;

export const taskRefSchema = z.strictObject({ id: taskIdSchema });

/** With `version`, the change is made only to that version of the task. */
export const taskUpdateSchema = taskChangesSchema.extend({
  id: taskIdSchema,
  version: versionSchema.optional(),
});
export type TaskUpdate = z.infer<typeof taskUpdateSchema>;

export const taskDeleteSchema = taskRefSchema.extend({ version: versionSchema.optional() });
export type TaskDelete = z.infer<typeof taskDeleteSchema>;
