import { readBearer } from "@taskbridge/bridge";
import { initTRPC } from "@trpc/server";
import { parseJson } from "./body.ts";
import type { Context } from "./context.ts";
import { failureOf, toTrpcError } from "./errors.ts";
import { trpcErrorData } from "./problem.ts";

const t = initTRPC.context<Context>().create({
  // Only what the error table says leaves the server: no stack, no path, no foreign message.
  errorFormatter({ shape, error, ctx }) {
    const failure = failureOf(error);
    const data = trpcErrorData(failure, ctx?.requestId ?? null);
    return { message: failure.detail, code: shape.code, data };
  },
});

export const { router, mergeRouters, createCallerFactory } = t;

/** Gives every failure its tRPC code from the error table, invalid input included. */
const translateErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error);
  return result;
});

/** Needs no token. */
export const publicProcedure = t.procedure.use(translateErrors);

/** Needs a valid bearer token, and puts its user into the context before the input is read. */
export const protectedProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const access = ctx.access ?? (await ctx.verifier.verify(readBearer(ctx.headers)));
  if (ctx.input) parseJson(ctx.input, "The input");
  return next({
    ctx: {
      access,
      userId: access.userId,
      sessionId: access.sessionId,
      scope: ctx.scope ?? ctx.scopeOf(access),
    },
  });
});
