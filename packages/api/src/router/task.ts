import {
  deletedTaskQuerySchema,
  deleteManySchema,
  setCompletedSchema,
  taskCountsQuerySchema,
  taskCreateSchema,
  taskDeleteSchema,
  taskExportQuerySchema,
  taskQuerySchema,
  taskRefSchema,
  taskUpdateSchema,
} from "@taskbridge/contract";
import type { TRPCRouterRecord } from "@trpc/server";
import type { z } from "zod";
import { importInputSchema } from "../import-input.ts";
import { inputlessProcedure, protectedProcedure } from "../trpc.ts";

/** A query's input may be left out, as a query string may be. */
const orEmpty = <T extends z.ZodType>(schema: T) =>
  schema.optional().transform((query) => query ?? schema.parse({}));

export const taskRouter = {
  list: protectedProcedure
    .input(orEmpty(taskQuerySchema))
    .query(({ ctx, input }) => ctx.tasks.list(ctx.scope, input, ctx.pageBytes)),

  get: protectedProcedure
    .input(taskRefSchema)
    .query(({ ctx, input }) => ctx.tasks.get(ctx.scope, input)),

  create: protectedProcedure
    .input(taskCreateSchema)
    .mutation(({ ctx, input }) => ctx.tasks.create(ctx.scope, input)),

  update: protectedProcedure
    .input(taskUpdateSchema)
    .mutation(({ ctx, input }) => ctx.tasks.update(ctx.scope, input)),

  delete: protectedProcedure
    .input(taskDeleteSchema)
    .mutation(({ ctx, input }) => ctx.tasks.delete(ctx.scope, input)),

  listDeleted: protectedProcedure
    .input(orEmpty(deletedTaskQuerySchema))
    .query(({ ctx, input }) => ctx.tasks.listDeleted(ctx.scope, input, ctx.pageBytes)),

  restore: protectedProcedure
    .input(taskRefSchema)
    .mutation(({ ctx, input }) => ctx.tasks.restore(ctx.scope, input)),

  setCompleted: protectedProcedure.input(setCompletedSchema).mutation(({ ctx, input }) => {
    ctx.arrival.nameTasks?.(input.ids.length);
    return ctx.tasks.setCompleted(ctx.scope, input);
  }),

  deleteMany: protectedProcedure
    .input(deleteManySchema)
    .mutation(({ ctx, input }) => ctx.tasks.deleteMany(ctx.scope, input)),

  clearCompleted: inputlessProcedure.mutation(({ ctx }) => ctx.tasks.clearCompleted(ctx.scope)),

  /** Text, piece by piece: over HTTP it takes a link that streams. */
  export: protectedProcedure
    .meta({ streamed: true })
    .input(orEmpty(taskExportQuerySchema))
    .query(({ ctx, input }) => ctx.tasks.export(ctx.scope, input)),

  import: protectedProcedure
    .input(importInputSchema)
    .mutation(({ ctx, input }) => ctx.tasks.import(ctx.scope, input)),

  counts: protectedProcedure
    .input(orEmpty(taskCountsQuerySchema))
    .query(({ ctx, input }) => ctx.tasks.counts(ctx.scope, input)),
} satisfies TRPCRouterRecord;
