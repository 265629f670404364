import {
  deletedTaskQuerySchema,
  pageSizeSchema,
  setCompletedSchema,
  type Task,
  taskChangesSchema,
  taskCountsQuerySchema,
  taskCreateSchema,
  taskQuerySchema,
} from "@taskbridge/contract";
import { z } from "zod";
import type { Caller } from "../router/index.ts";

export type RestMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What a call brings, each part parsed by its own schema and none merged into another. */
export interface RestInput<Query, Body> {
  id: string;
  query: Query;
  body: Body;
  /** From If-Match. */
  version: number | undefined;
}

/** What a procedure's answer becomes: a task gets its ETag, a new one its Location. */
export type RestAnswer =
  | { kind: "data"; body: unknown }
  | { kind: "task"; task: Task }
  | { kind: "created"; task: Task }
  | { kind: "gone" };

export interface RestRoute {
  method: RestMethod;
  /** The path below `/api/{user_id}`; `{id}` stands for any segment that no other row spells out. */
  resource: string;
  query: z.ZodType;
  /** Absent where the method takes no body. */
  body?: z.ZodType;
  mediaTypes: readonly string[];
  /** PUT without If-Match is refused (428). */
  versionRequired?: boolean;
  call: (caller: Caller, input: RestInput<unknown, unknown>) => Promise<RestAnswer>;
}

const noQuery = z.strictObject({});
const json = ["application/json"];

// A query string has only text: this is where a number is read from it, and nothing else is.
const limit = z
  .string()
  .regex(/^[0-9]{1,9}$/, "Must be a whole number.")
  .transform(Number)
  .pipe(pageSizeSchema)
  .optional();

/** Checks a row's `call` against its schemas, then lets it stand in one table with the others. */
function route<Query extends z.ZodType, Body extends z.ZodType = z.ZodType<undefined>>(row: {
  method: RestMethod;
  resource: string;
  query: Query;
  body?: Body;
  mediaTypes?: readonly string[];
  versionRequired?: boolean;
  call: (caller: Caller, input: RestInput<z.output<Query>, z.output<Body>>) => Promise<RestAnswer>;
}): RestRoute {
  return { mediaTypes: json, ...row, call: row.call as RestRoute["call"] };
}

const asTask = async (task: Promise<Task>): Promise<RestAnswer> => ({
  kind: "task",
  task: await task,
});

const data = async (answer: Promise<unknown>): Promise<RestAnswer> => ({
  kind: "data",
  body: await answer,
});

export const routes: readonly RestRoute[] = [
  route({
    method: "GET",
    resource: "/tasks",
    query: taskQuerySchema.extend({ limit }),
    call: (caller, { query }) => data(caller.task.list(query)),
  }),
  route({
    method: "POST",
    resource: "/tasks",
    query: noQuery,
    body: taskCreateSchema,
    call: async (caller, { body }) => ({ kind: "created", task: await caller.task.create(body) }),
  }),
  route({
    method: "GET",
    resource: "/tasks/{id}",
    query: noQuery,
    call: (caller, { id }) => asTask(caller.task.get({ id })),
  }),
  route({
    method: "PATCH",
    resource: "/tasks/{id}",
    query: noQuery,
    body: taskChangesSchema,
    mediaTypes: ["application/json", "application/merge-patch+json"],
    call: (caller, { id, body, version }) => asTask(caller.task.update({ ...body, id, version })),
  }),
  route({
    method: "PUT",
    resource: "/tasks/{id}",
    query: noQuery,
    body: taskCreateSchema,
    versionRequired: true,
    call: (caller, { id, body, version }) => asTask(caller.task.update({ ...body, id, version })),
  }),
  route({
    method: "DELETE",
    resource: "/tasks/{id}",
    query: noQuery,
    call: async (caller, { id, version }) => {
      await caller.task.delete({ id, version });
      return { kind: "gone" };
    },
  }),
  route({
    method: "POST",
    resource: "/tasks/{id}/restore",
    query: noQuery,
    call: (caller, { id }) => asTask(caller.task.restore({ id })),
  }),
  route({
    method: "GET",
    resource: "/tasks/deleted",
    query: deletedTaskQuerySchema.extend({ limit }),
    call: (caller, { query }) => data(caller.task.listDeleted(query)),
  }),
  route({
    method: "POST",
    resource: "/tasks/set-completed",
    query: noQuery,
    body: setCompletedSchema,
    call: (caller, { body }) => data(caller.task.setCompleted(body)),
  }),
  route({
    method: "POST",
    resource: "/tasks/clear-completed",
    query: noQuery,
    call: (caller) => data(caller.task.clearCompleted()),
  }),
  route({
    method: "GET",
    resource: "/tasks/counts",
    query: taskCountsQuerySchema,
    call: (caller, { query }) => data(caller.task.counts(query)),
  }),
];
