import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import { admit } from "./admit.ts";
import { parseJson } from "./body.ts";
import type { Context } from "./context.ts";
import { failureOf, toTrpcError } from "./errors.ts";
import { trpcErrorData } from "./problem.ts";

/** Whether it answers piece by piece, which takes a link that streams. Has no name that callers would need. */
export type Meta = { streamed?: boolean };

const t = initTRPC
  .context<Context>()
  .meta<{ streamed?: boolean }>()
  .create({
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
  const access = ctx.access ?? (await admit(ctx));
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

const noInput = z.strictObject({}).optional();

/** Takes no input and refuses any, where tRPC would not look; that calls without one have an empty body. */
export const inputlessProcedure = protectedProcedure.use(async ({ getRawInput, next }) => {
  noInput.parse(await getRawInput().catch(unlessEmpty));
  return next();
});

/** What is not empty and no JSON has been refused in our own words: this is JSON's for an empty text. */
function unlessEmpty(error: unknown): undefined {
  if (!(error instanceof TRPCError && error.cause instanceof SyntaxError)) throw error;
}
