import {
  csvColumns,
  importedTasksSchema,
  MAX_IMPORT_BYTES,
  taskExportQuerySchema,
  taskImportAnswerSchema,
  taskSchema,
} from "@taskbridge/contract";
import { z } from "zod";
import { importInputSchema, readImport } from "../../import-input.ts";
import { data, file } from "../answers.ts";
import { noQuery, route } from "../route.ts";

/** All tasks of an export in JSON. */
export const exportedTasksSchema = z.array(taskSchema);

/** RFC 4180. */
export const csvSchema = z.string().meta({
  description: `A header row, then a task a row. The columns: ${csvColumns.join(", ")}. What an export gives begins with a byte order mark, and has an apostrophe before what spreadsheets would compute: an import takes both off. It refuses what begins as an export and was cut off.`,
});

/** Tasks on their way to elsewhere, and back. */
export const transferRoutes = [
  route({
    method: "GET",
    resource: "/tasks/export",
    operationId: "exportTasks",
    summary: "Export tasks",
    description:
      "All tasks that the filters let through, the oldest first, as a file. One that was cut off on the way, which a proxy that speaks HTTP/1.0 would not tell, is told by its end: JSON's array is closed, and of CSV the last row's last field, and no other row's, is quoted.",
    query: taskExportQuerySchema,
    answer: file({ json: exportedTasksSchema, csv: csvSchema }),
    call: async (caller, { query }) => ({
      text: await caller.task.export(query),
      format: query.format,
    }),
  }),
  route({
    method: "POST",
    resource: "/tasks/import",
    operationId: "importTasks",
    summary: "Import tasks",
    description:
      "Adds all tasks of a file, or, if any cannot be accepted, none. What an export gives can be imported; `id`, `version` and `updatedAt` are given anew.",
    query: noQuery,
    body: importInputSchema,
    sent: { "application/json": importedTasksSchema, "text/csv": csvSchema },
    maxBodyBytes: MAX_IMPORT_BYTES,
    read: readImport,
    answer: data(taskImportAnswerSchema),
    errors: ["malformed_import", "too_many_tasks"],
    call: (caller, { body }) => caller.task.import(body),
  }),
];
