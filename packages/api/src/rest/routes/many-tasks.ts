import {
  clearCompletedAnswerSchema,
  deleteManyAnswerSchema,
  deleteManySchema,
  setCompletedAnswerSchema,
  setCompletedSchema,
  taskCountsQuerySchema,
  taskCountsSchema,
} from "@taskbridge/contract";
import { data } from "../answers.ts";
import { noQuery, route } from "../route.ts";

/** Many tasks at once. */
export const manyTasksRoutes = [
  route({
    method: "POST",
    resource: "/tasks/set-completed",
    operationId: "setTasksCompleted",
    summary: "Complete or reopen many tasks",
    description: "`missing` are the ids that name no task of yours; all others are changed.",
    query: noQuery,
    body: setCompletedSchema,
    answer: data(setCompletedAnswerSchema),
    call: (caller, { body }) => caller.task.setCompleted(body),
  }),
  route({
    method: "POST",
    resource: "/tasks/delete-many",
    operationId: "deleteTasks",
    summary: "Delete many tasks",
    description:
      "`missing` are the ids that name no task of yours, or one that is deleted already; all others are deleted, and can be restored.",
    query: noQuery,
    body: deleteManySchema,
    answer: data(deleteManyAnswerSchema),
    call: (caller, { body }) => caller.task.deleteMany(body),
  }),
  route({
    method: "POST",
    resource: "/tasks/clear-completed",
    operationId: "clearCompletedTasks",
    summary: "Delete all completed tasks",
    query: noQuery,
    answer: data(clearCompletedAnswerSchema),
    call: (caller) => caller.task.clearCompleted(),
  }),
  route({
    method: "GET",
    resource: "/tasks/counts",
    operationId: "countTasks",
    summary: "Count tasks",
    query: taskCountsQuerySchema,
    answer: data(taskCountsSchema),
    call: (caller, { query }) => caller.task.counts(query),
  }),
];
