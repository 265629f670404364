import * as z from "zod";
import {
  MAX_NOTES_LENGTH,
  MAX_TAG_LENGTH,
  MAX_TAGS,
  MAX_TITLE_LENGTH,
  priorities,
} from "./rules.ts";

/**
 * An id as a client sends it. Any string is taken: one that no task can have is answered like one
 * that no task has, so that an id's form tells nothing.
 */
export const taskIdSchema = z.string();

export const prioritySchema = z.enum(priorities);

// What a schema refuses is said in what JSON Schema can say as well, wherever it can, so that the
// OpenAPI document and the doors agree. The expressions mean the same in other languages.

/** A calendar day, `YYYY-MM-DD` (RFC 3339 full-date), that exists. */
export const dateSchema = z.iso
  .date("Must be a calendar day as YYYY-MM-DD.")
  // PostgreSQL's calendar has no year 0.
  .regex(/^(?!0000)/, "Must be a calendar day as YYYY-MM-DD.")
  .meta({ format: "date" });

// PostgreSQL stores neither NUL nor half a surrogate pair: refuse them rather than change the text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is refused.
const storable = /^[^\u0000\ud800-\udfff]*$/u;

/** Text that is kept exactly as it was sent. */
export const textSchema = z.string().regex(storable, {
  error: "Must be well-formed Unicode without the NUL character.",
  abort: true,
});

/**
 * Text of so many characters. They are code points, as PostgreSQL's char_length and JSON Schema count
 * them.
 */
export const shortTextSchema = (max: number) =>
  textSchema
    .refine((text) => isWithin(text, max), `Must have at most ${max} characters.`)
    .meta({ maxLength: max });

/** Whether a text has so many characters, without counting those of one that is far too long. */
const isWithin = (text: string, max: number) =>
  text.length <= max || (text.length <= 2 * max && [...text].length <= max);

/** What `trim` takes away, spelt out. */
const space = String.raw`\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`;

const trimmedTextSchema = (max: number) =>
  textSchema
    .regex(
      new RegExp(
        String.raw`^[${space}]*[^${space}](?:[\s\S]{0,${max - 2}}[^${space}])?[${space}]*$`,
        "u",
      ),
      `Must have 1 to ${max} characters after trimming.`,
    )
    .trim();

export const titleSchema = trimmedTextSchema(MAX_TITLE_LENGTH);

export const notesSchema = shortTextSchema(MAX_NOTES_LENGTH);

export const tagSchema = trimmedTextSchema(MAX_TAG_LENGTH);

export const tagsSchema = z
  .array(tagSchema)
  .max(MAX_TAGS, `Must have at most ${MAX_TAGS} tags.`)
  .refine((tags) => new Set(tags).size === tags.length, "Must not name a tag twice.")
  .meta({ uniqueItems: true, description: "Each once, compared after trimming." });

const versionSchema = z
  .int()
  .min(1)
  .max(2_147_483_647)
  .meta({ description: "Grows with every change." });
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

const readOnly = { readOnly: true };
const instantOfAnyZone = z.iso.datetime({ offset: true }).meta(readOnly);

/** What the server alone sets: whoever edits a task as they got it sends these back as they were. */
const serverSet = {
  id: z.uuid().meta(readOnly).optional(),
  completedAt: instantOfAnyZone.nullable().meta(readOnly).optional(),
  version: versionSchema.meta(readOnly).optional(),
  createdAt: instantOfAnyZone.optional(),
  updatedAt: instantOfAnyZone.optional(),
};
export const serverSetFields = Object.keys(serverSet);

/** A whole task in the place of another, and changes of one, as REST takes them. */
export const taskReplacementSchema = taskCreateSchema.extend(serverSet);
export const taskEditSchema = taskChangesSchema.extend(serverSet);

export const taskRefSchema = z.strictObject({ id: taskIdSchema });

/** With `version`, the change is made only to that version of the task. */
export const taskUpdateSchema = taskChangesSchema.extend({
  id: taskIdSchema,
  version: versionSchema.optional(),
});
export type TaskUpdate = z.infer<typeof taskUpdateSchema>;

export const taskDeleteSchema = taskRefSchema.extend({ version: versionSchema.optional() });
export type TaskDelete = z.infer<typeof taskDeleteSchema>;
