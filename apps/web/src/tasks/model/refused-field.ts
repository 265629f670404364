const fields = ["title", "notes", "completed", "dueDate", "priority", "tags"] as const;

/** Which field of a task a JSON pointer leads to. */
export const fieldOf = (pointer: string): (typeof fields)[number] | undefined =>
  fields.find((field) => pointer.split("/")[1] === field);
