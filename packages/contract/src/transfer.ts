import * as z from "zod";
import { MAX_IMPORT_BYTES, MAX_IMPORTED_TASKS } from "./rules.ts";
import { taskCreateSchema } from "./task.ts";
import { taskQuerySchema } from "./task-query.ts";

/** How tasks are written down to be carried elsewhere. */
export const transferFormatSchema = z
  .enum(["json", "csv"])
  .meta({ description: "How the file is written." });
export type TransferFormat = z.infer<typeof transferFormatSchema>;

/** Which tasks to export, filtered as a list is; the oldest come first. */
export const taskExportQuerySchema = taskQuerySchema
  .omit({ sort: true, order: true, limit: true, cursor: true })
  .extend({ format: transferFormatSchema.default("json") });
export type TaskExportQuery = z.infer<typeof taskExportQuerySchema>;

/**
 * Tasks to import. JSON: an array of tasks. CSV (RFC 4180): a header row, then a task a row; the
 * columns are `csvColumns`, in any order, of which only `title` is needed.
 */
export const taskImportSchema = z.strictObject({
  format: transferFormatSchema,
  text: z
    .string()
    .refine(
      // Never fewer bytes than units: the first is enough to refuse what is far too long.
      (text) =>
        text.length <= MAX_IMPORT_BYTES &&
        new TextEncoder().encode(text).length <= MAX_IMPORT_BYTES,
      `Must have at most ${MAX_IMPORT_BYTES} bytes in UTF-8.`,
    )
    .refine((text) => text.isWellFormed(), "Must be well-formed Unicode."),
});
export type TaskImport = z.infer<typeof taskImportSchema>;

/** `ids` in the order of the file: whoever imported by mistake can delete exactly these. */
export const taskImportAnswerSchema = z.strictObject({
  count: z.int().min(0),
  ids: z.array(z.uuidv7()).meta({ description: "Of the new tasks, in the order of the file." }),
});
export type TaskImportAnswer = z.infer<typeof taskImportAnswerSchema>;

/** Clocks differ, and are set back: what was exported elsewhere, or before that, is taken all the same. */
const CLOCKS_DIFFER_MS = 24 * 60 * 60 * 1000;

/** PostgreSQL's calendar has no year 0. */
const pastSchema = z.iso
  .datetime({ offset: true, error: "Must be an instant such as 2026-01-31T09:30:00Z." })
  .regex(/^(?!0000)/, "Must be an instant such as 2026-01-31T09:30:00Z.")
  .meta({ format: "date-time" })
  .transform((text) => new Date(text))
  // An offset can lead into the year 0 as well.
  .refine((at) => at.getUTCFullYear() > 0, "Must be an instant such as 2026-01-31T09:30:00Z.")
  .refine((at) => at.getTime() <= Date.now() + CLOCKS_DIFFER_MS, "Must not be in the future.");

/**
 * One task of an import: a new task, so that what the server gives out (`id`, `version`, `updatedAt`)
 * is passed over; when it was made and completed is kept.
 */
export const importedTaskSchema = taskCreateSchema
  .extend({
    completed: z.boolean().optional(),
    completedAt: pastSchema.nullable().optional(),
    createdAt: pastSchema.optional(),
    id: z.unknown().optional(),
    version: z.unknown().optional(),
    updatedAt: z.unknown().optional(),
  })
  .refine(
    ({ completed, completedAt }) =>
      completed === undefined || completedAt === undefined || completed || completedAt === null,
    { path: ["completedAt"], message: "Must be null where the task is not completed." },
  )
  .meta({
    not: {
      properties: { completed: { const: false }, completedAt: { type: "string" } },
      required: ["completed", "completedAt"],
    },
  });
export type ImportedTask = z.infer<typeof importedTaskSchema>;

/** All of an import in JSON, as it is sent. */
export const importedTasksSchema = z.array(importedTaskSchema).max(MAX_IMPORTED_TASKS);
