import { deletedTaskPageSchema, deletedTaskQuerySchema, taskSchema } from "@taskbridge/contract";
import { data, item } from "../answers.ts";
import { limit, noQuery, route } from "../route.ts";

/** Tasks that can still be brought back. */
export const deletedTaskRoutes = [
  route({
    method: "GET",
    resource: "/tasks/deleted",
    operationId: "listDeletedTasks",
    summary: "List deleted tasks",
    description: "A page of what was deleted in the last 30 days, the last deleted first.",
    query: deletedTaskQuerySchema.extend({ limit }),
    answer: data(deletedTaskPageSchema),
    call: (caller, { query }) => caller.task.listDeleted(query),
  }),
  route({
    method: "POST",
    resource: "/tasks/{id}/restore",
    operationId: "restoreTask",
    summary: "Bring a deleted task back",
    description:
      "Its id and fields are what they were; a task that is not deleted is not found (404).",
    query: noQuery,
    answer: item(taskSchema),
    errors: ["too_many_tasks"],
    call: (caller, { id }) => caller.task.restore({ id }),
  }),
];
