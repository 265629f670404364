import {
  changeManyAnswerSchema,
  changeManySchema,
  clearCompletedAnswerSchema,
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
    resource: "/tasks/change-many",
    operationId: "changeManyTasks",
    summary: "Change many tasks in one way",
    description:
      "Deletes, brings back, completes, reopens, dates or tags them, or gives them a priority. `missing` are the ids that name no task of yours, or none that can be brought back; the change is made to all others. Sent again, it changes nothing more.",
    query: noQuery,
    body: changeManySchema,
    answer: data(changeManyAnswerSchema),
    errors: ["too_many_tasks"],
    call: (caller, { body }) => caller.task.changeMany(body),
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
