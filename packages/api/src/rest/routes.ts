import {
  deletedTaskQuerySchema,
  MAX_IMPORT_BYTES,
  pageSizeSchema,
  setCompletedSchema,
  taskChangesSchema,
  taskCountsQuerySchema,
  taskCreateSchema,
  taskExportQuerySchema,
  taskQuerySchema,
} from "@taskbridge/contract";
import { z } from "zod";
import { importInputSchema, readImport } from "../import-input.ts";
import { asCreated, asGone, asItem, data, noQuery, type RestRoute, route } from "./route.ts";

// A query string has only text: this is where a number is read from it, and nothing else is.
const limit = z
  .string()
  .regex(/^[0-9]{1,9}$/, "Must be a whole number.")
  .transform(Number)
  .pipe(pageSizeSchema)
  .optional();

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
    call: (caller, { body }) => asCreated(caller.task.create(body)),
  }),
  route({
    method: "GET",
    resource: "/tasks/{id}",
    query: noQuery,
    call: (caller, { id }) => asItem(caller.task.get({ id })),
  }),
  route({
    method: "PATCH",
    resource: "/tasks/{id}",
    query: noQuery,
    body: taskChangesSchema,
    mediaTypes: ["application/json", "application/merge-patch+json"],
    call: (caller, { id, body, version }) => asItem(caller.task.update({ ...body, id, version })),
  }),
  route({
    method: "PUT",
    resource: "/tasks/{id}",
    query: noQuery,
    body: taskCreateSchema,
    versionRequired: true,
    call: (caller, { id, body, version }) => asItem(caller.task.update({ ...body, id, version })),
  }),
  route({
    method: "DELETE",
    resource: "/tasks/{id}",
    query: noQuery,
    call: (caller, { id, version }) => asGone(caller.task.delete({ id, version })),
  }),
  route({
    method: "POST",
    resource: "/tasks/{id}/restore",
    query: noQuery,
    call: (caller, { id }) => asItem(caller.task.restore({ id })),
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
  route({
    method: "GET",
    resource: "/tasks/export",
    query: taskExportQuerySchema,
    call: async (caller, { query }) => ({
      kind: "text",
      text: await caller.task.export(query),
      format: query.format,
    }),
  }),
  route({
    method: "POST",
    resource: "/tasks/import",
    query: noQuery,
    body: importInputSchema,
    mediaTypes: ["application/json", "text/csv"],
    maxBodyBytes: MAX_IMPORT_BYTES,
    read: readImport,
    call: (caller, { body }) => data(caller.task.import(body)),
  }),
];
