import { itemText } from "../answers.ts";
import { etagOf } from "../entity-tag.ts";

const task = {
  id: "01936d9e-8f4c-7b7e-9c1a-2f6d0c5e4b3a",
  title: "Buy milk",
  notes: "The blue one.",
  completed: false,
  dueDate: "2027-01-31",
  priority: "high",
  tags: ["home", "shopping"],
  completedAt: null,
  version: 1,
  createdAt: "2026-11-21T09:30:00.000Z",
  updatedAt: "2026-11-21T09:30:00.000Z",
};
const nextCursor = "WyIyMDI2LTExLTIxIiwiMDE5MzZkOWUiXQ.Zm9ydHkgdHdvIGlzIGl0Lg";
const deletedTask = { ...task, version: 2, deletedAt: "2026-11-22T17:00:00.000Z" };
const newTask = {
  title: "Buy milk",
  notes: "The blue one.",
  dueDate: "2027-01-31",
  priority: "high",
  tags: ["home", "shopping"],
};

/** What a body of each schema may look like. */
export const bodyExamples: Record<string, unknown> = {
  Task: task,
  TaskPage: { items: [task], nextCursor },
  DeletedTaskPage: { items: [deletedTask], nextCursor: null },
  SetCompletedAnswer: {
    items: [{ ...task, completed: true, completedAt: task.updatedAt, version: 2 }],
    missing: ["no-such-id"],
  },
  ChangeManyAnswer: { count: 1, missing: ["no-such-id"] },
  ClearCompletedAnswer: { count: 3 },
  TaskCounts: {
    open: 4,
    completed: 2,
    overdue: 1,
    today: 0,
    upcoming: 2,
    tags: [{ tag: "home", open: 3, completed: 1 }],
  },
  ExportedTasks: [task],
  ImportAnswer: { count: 1, ids: [task.id] },
  NewTask: newTask,
  TaskReplacement: newTask,
  TaskChanges: { completed: true },
  SetCompleted: { ids: [task.id, "no-such-id"], completed: true },
  ChangeMany: { ids: [task.id, "no-such-id"], change: { priority: "high" } },
  ImportedTasks: [newTask, { title: "Call Grace", createdAt: "2025-12-24T18:00:00+01:00" }],
  Csv: "title,dueDate,priority,tags\r\nBuy milk,2027-01-31,high,home;shopping\r\n",
};

export const example = {
  userId: "pZ7mWq0dLr4XcT9uKv2NhYs6GbEa1JfQ",
  taskId: task.id,
  etag: etagOf(itemText(task)),
  requestId: "5f1c6f0e-3a54-4f7e-8c2d-9b1a7e6d4c30",
};
