import {
  taskCreateSchema,
  taskDeleteSchema,
  taskQuerySchema,
  taskRefSchema,
  taskUpdateSchema,
} from "@taskbridge/contract";
import type { TRPCRouterRecord } from "@trpc/server";
import { protectedProcedure } from "../trpc.ts";

export const taskRouter = {
  list: protectedProcedure
    .input(taskQuerySchema.optional().transform((query) => query ?? taskQuerySchema.parse({})))
    .query(({ ctx, input }) => ctx.tasks.list(ctx.scope, input)),

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
} satisfies TRPCRouterRecord;
