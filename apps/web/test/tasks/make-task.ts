import type { Task } from "@taskbridge/contract";

/** A task as the server answers it, but for what a test says. */
export const makeTask = (part: Partial<Task> = {}): Task => ({
  id: "0190a000-0000-7000-8000-000000000001",
  title: "A task",
  notes: "",
  completed: false,
  completedAt: null,
  dueDate: null,
  priority: "none",
  tags: [],
  version: 1,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  ...part,
});
