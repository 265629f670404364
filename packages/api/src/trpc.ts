import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import { admit } from "./admit.ts";
import { parseJson } from "./body.ts";
import { type EndTurn, untilEnd } from "./calls-in-flight.ts";
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
      const data = trpcErrorData(failure, ctx?.arrival.requestId ?? null);
      return { message: failure.detail, code: shape.code, data };
    },
  });

export const { router, mergeRouters, createCallerFactory } = t;

/** Gives every failure its tRPC code from the error table, invalid input included. */
function translated<Result extends { ok: boolean; error?: TRPCError }>(result: Result): Result {
  if (!result.ok) throw toTrpcError(result.error);
  return result;
}

/** Needs no token. */
export const publicProcedure = t.procedure.use(async ({ next }) => translated(await next()));

/** Needs a valid bearer token, and puts its user into the context before the input is read. */
export const protectedProcedure = t.procedure.use(
  async ({ ctx, next, path, meta, getRawInput }) => {
    const owner = await ownerOf(ctx).catch((error: unknown) => {
      throw toTrpcError(error);
    });
    const proceed = async () => translated(await next({ ctx: owner }));
    const begin = ctx.access
      ? proceed
      : () => inTurn(ctx, owner.userId, { proceed, streamed: meta?.streamed });
    if (!ctx.reads || meta?.streamed) return begin();
    return ctx.reads.join({ userId: owner.userId, path, input: await getRawInput() }, begin);
  },
);

interface Turn<Result> {
  proceed: () => Promise<Result>;
  streamed: boolean | undefined;
}

/** Carries a call out when it is its turn, which lasts as long as its answer is read. */
async function inTurn<Result extends { ok: boolean; data?: unknown }>(
  { arrival }: Pick<Context, "arrival">,
  userId: string,
  { proceed, streamed }: Turn<Result>,
): Promise<Result> {
  const turn = arrival.beginTurn?.(userId);
  if (!turn) return proceed();
  let end: EndTurn;
  try {
    end = turn instanceof Promise ? await turn : turn;
  } catch (error) {
    throw toTrpcError(error);
  }
  let lasts = false;
  try {
    const result = await proceed();
    if (!streamed) return result;
    lasts = true;
    return { ...result, data: untilEnd(result.data as AsyncIterable<unknown>, end) };
  } finally {
    if (!lasts) end();
  }
}

async function ownerOf({ arrival, input, ...known }: Context) {
  const access = known.access ?? (await admit(arrival));
  if (input) parseJson(input, "The input");
  const { userId, sessionId } = access;
  const scope = known.scope ?? arrival.scopeOf(access);
  return { access, userId, sessionId, scope, tasks: arrival.tasks };
}

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
