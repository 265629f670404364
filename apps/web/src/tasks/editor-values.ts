import type { Task, TaskChanges } from "@taskbridge/contract";
import { taskChangesSchema } from "@taskbridge/contract";
import * as z from "zod";
import "../zod-without-eval.ts";
import { differing } from "./model/merge.ts";

/** The editor's inputs as texts; read by the contract's own rules. */
export const editorSchema = taskChangesSchema
  .omit({ completed: true })
  .required()
  .extend({
    dueDate: z.preprocess((day) => day || null, taskChangesSchema.shape.dueDate.unwrap()),
    tags: z.preprocess(readTags, taskChangesSchema.shape.tags.unwrap()),
  });
export type EditorValues = {
  title: string;
  notes: string;
  dueDate: string;
  priority: Task["priority"];
  tags: string;
};

export const valuesOf = (task: Task): EditorValues => ({
  title: task.title,
  notes: task.notes,
  dueDate: task.dueDate ?? "",
  priority: task.priority,
  tags: task.tags.join(", "),
});

function readTags(text: unknown): unknown {
  if (typeof text !== "string") return text;
  const tags = text.split(",").map((tag) => tag.trim().replace(/^#/, ""));
  return [...new Set(tags.filter(Boolean))];
}

/** Those fields alone that are not as they were. */
export function changesBetween(task: Task, edited: z.output<typeof editorSchema>): TaskChanges {
  const changes: TaskChanges = edited;
  return Object.fromEntries(differing(changes, task).map((field) => [field, changes[field]]));
}
