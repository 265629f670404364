import {
  serverSetFields,
  taskCreateSchema,
  taskEditSchema,
  taskPageSchema,
  taskQuerySchema,
  taskReplacementSchema,
  taskSchema,
} from "@taskbridge/contract";
import { created, data, gone, item } from "../answers.ts";
import { limit, noQuery, route } from "../route.ts";

const task = item(taskSchema);
const readOnly =
  "Read-only members may stand in it as they are now, and are refused (422) where they differ.";

/** Tasks one by one, and the list of them. */
export const taskRoutes = [
  route({
    method: "GET",
    resource: "/tasks",
    operationId: "listTasks",
    summary: "List tasks",
    description:
      "A page of the tasks that all filters let through. `nextCursor` leads to the next page: paging neither repeats nor skips a task that was there throughout, whatever is added or deleted meanwhile.",
    query: taskQuerySchema.extend({ limit }),
    answer: data(taskPageSchema),
    call: (caller, { query }) => caller.task.list(query),
  }),
  route({
    method: "POST",
    resource: "/tasks",
    operationId: "createTask",
    summary: "Add a task",
    query: noQuery,
    body: taskCreateSchema,
    answer: created(taskSchema),
    // Of a task whose creation is asked about again, and that is gone.
    errors: ["too_many_tasks", "task_not_found"],
    call: (caller, { body }) => caller.task.create(body),
  }),
  route({
    method: "GET",
    resource: "/tasks/{id}",
    operationId: "getTask",
    summary: "Get a task",
    query: noQuery,
    answer: task,
    call: (caller, { id }) => caller.task.get({ id }),
  }),
  route({
    method: "PATCH",
    resource: "/tasks/{id}",
    operationId: "changeTask",
    summary: "Change a task",
    description: `What the body leaves out stays as it is. ${readOnly}`,
    query: noQuery,
    body: taskEditSchema,
    serverSet: serverSetFields,
    mediaTypes: ["application/json", "application/merge-patch+json"],
    answer: task,
    call: (caller, { id, body, version }) => caller.task.update({ ...body, id, version }),
  }),
  route({
    method: "PUT",
    resource: "/tasks/{id}",
    operationId: "replaceTask",
    summary: "Replace a task",
    description: `What the body leaves out gets its default, as in a new task. ${readOnly}`,
    query: noQuery,
    body: taskReplacementSchema,
    serverSet: serverSetFields,
    versionRequired: true,
    answer: task,
    call: (caller, { id, body, version }) => caller.task.update({ ...body, id, version }),
  }),
  route({
    method: "DELETE",
    resource: "/tasks/{id}",
    operationId: "deleteTask",
    summary: "Delete a task",
    description: "It can be restored for 30 days, and is in no other list meanwhile.",
    query: noQuery,
    answer: gone,
    call: (caller, { id, version }) => caller.task.delete({ id, version }),
  }),
];
