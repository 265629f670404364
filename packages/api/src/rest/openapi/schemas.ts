import {
  clearCompletedAnswerSchema,
  dateSchema,
  deletedTaskPageSchema,
  deletedTaskSchema,
  deleteManyAnswerSchema,
  deleteManySchema,
  importedTaskSchema,
  importedTasksSchema,
  prioritySchema,
  setCompletedAnswerSchema,
  setCompletedSchema,
  tagSchema,
  taskCountsSchema,
  taskCreateSchema,
  taskEditSchema,
  taskImportAnswerSchema,
  taskPageSchema,
  taskReplacementSchema,
  taskSchema,
  titleSchema,
} from "@taskbridge/contract";
import { z } from "zod";
import { problemSchema } from "../../problem.ts";
import { csvSchema, exportedTasksSchema } from "../routes/transfer.ts";

export type Json = Record<string, unknown>;

/** Requests are described as they are sent, answers as they arrive. */
export type Direction = "input" | "output";

/** The schemas that have a name in the document, by that name. */
export const namedSchemas: Record<string, [schema: z.ZodType, direction: Direction]> = {
  Task: [taskSchema, "output"],
  TaskPage: [taskPageSchema, "output"],
  DeletedTask: [deletedTaskSchema, "output"],
  DeletedTaskPage: [deletedTaskPageSchema, "output"],
  SetCompletedAnswer: [setCompletedAnswerSchema, "output"],
  DeleteManyAnswer: [deleteManyAnswerSchema, "output"],
  ClearCompletedAnswer: [clearCompletedAnswerSchema, "output"],
  TaskCounts: [taskCountsSchema, "output"],
  ExportedTasks: [exportedTasksSchema, "output"],
  ImportAnswer: [taskImportAnswerSchema, "output"],
  Problem: [problemSchema, "output"],
  NewTask: [taskCreateSchema, "input"],
  TaskReplacement: [taskReplacementSchema, "input"],
  TaskChanges: [taskEditSchema, "input"],
  SetCompleted: [setCompletedSchema, "input"],
  DeleteMany: [deleteManySchema, "input"],
  ImportedTask: [importedTaskSchema, "input"],
  ImportedTasks: [importedTasksSchema, "input"],
  Csv: [csvSchema, "input"],
  Title: [titleSchema, "input"],
  Tag: [tagSchema, "input"],
  Day: [dateSchema, "input"],
  Priority: [prioritySchema, "input"],
};

const names = new Map<unknown, string>(
  Object.entries(namedSchemas).map(([name, [schema]]) => [schema, name]),
);

/** A schema's name in the document, where it has one. */
export const nameOf = (schema: z.ZodType): string | undefined => names.get(schema);

/** A schema by its name, or else itself. */
export const schemaOrRef = (schema: z.ZodType, io: Direction): Json =>
  names.has(schema) ? { $ref: refTo(names.get(schema)) } : toJsonSchema(schema, io);

const refTo = (name = "") => `#/components/schemas/${name}`;

/**
 * A pattern as other languages read it: there \d are the digits of all scripts, and a slash that is escaped
 * ends in what generators write.
 */
export const portable = (pattern: string) =>
  pattern.replaceAll("\\d", "[0-9]").replaceAll("\\/", "/");

/** A schema as JSON Schema (2020-12, as OpenAPI 3.1 has it), with what has a name left to its name. */
export function toJsonSchema(schema: z.ZodType, io: Direction): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    override({ zodSchema, jsonSchema, path }) {
      const name = path.length > 0 && names.get(zodSchema);
      if (name) {
        for (const key of Object.keys(jsonSchema)) delete (jsonSchema as Json)[key];
        jsonSchema.$ref = refTo(name);
      }
      for (const part of [jsonSchema, ...(jsonSchema.allOf ?? [])]) {
        if (part.pattern) part.pattern = portable(part.pattern);
      }
    },
  });
  return json;
}

export const schemaComponents = (): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(namedSchemas).map(([name, [schema, io]]) => [name, toJsonSchema(schema, io)]),
  );
