import { prioritySchema, type TaskChanges } from "@taskbridge/contract";

export const priorities = prioritySchema.options;

export const priorityNames = { none: "No priority", low: "Low", medium: "Medium", high: "High" };

/** The fields of a task's form, as the contract wants them. What a form has no field for stays out. */
export function readTaskForm(form: FormData): TaskChanges & { title: string } {
  const text = (name: string) => String(form.get(name) ?? "");
  return {
    title: text("title"),
    priority: prioritySchema.parse(text("priority") || "none"),
    dueDate: text("dueDate") || null,
    ...(form.has("notes") && { notes: text("notes").replaceAll("\r\n", "\n") }),
    ...(form.has("tags") && { tags: readTags(text("tags")) }),
  };
}

const readTags = (text: string) => [
  ...new Set(
    text
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];
