import type { Task, TaskCounts } from "@taskbridge/contract";
import { recount } from "../../src/tasks/model/counting.ts";

const none: TaskCounts = { open: 0, completed: 0, overdue: 0, today: 0, upcoming: 0, tags: [] };

/** The counts of just these tasks. */
export const countOf = (tasks: readonly Task[], today: string): TaskCounts =>
  tasks.reduce((counts, task) => recount(counts, null, task, today), none);
