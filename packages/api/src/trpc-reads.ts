import { type AnyRouter, callTRPCProcedure, TRPCError } from "@trpc/server";
import type { ApiRequest } from "./api-request.ts";
import type { Context } from "./context.ts";
import { toTrpcError } from "./errors.ts";
import { trpcErrorOf } from "./problem.ts";
import { jsonReply, type Reply } from "./reply.ts";

interface Reads {
  router: AnyRouter;
  /** Queries, none of which answers piece by piece. */
  names: readonly string[];
  headersOf: (errors: TRPCError[]) => Record<string, string>;
}

/**
 * Answers queries as tRPC's own handler does, to the byte; undefined where anything is unusual, for that
 * handler to answer. It makes a Response, and for each call two signals that nobody listens to: without
 * those a list takes two thirds of the time. The test holds the two against each other.
 */
export async function answerReads(
  { headers }: Pick<ApiRequest, "headers">,
  context: Context,
  { router, names, headersOf }: Reads,
): Promise<Reply | undefined> {
  const { searchParams } = context.url;
  const batch = searchParams.get("batch") === "1";
  const input = searchParams.get("input");
  const inputs = readInputs(input, batch);
  const unusual = ["trpc-accept", "content-type"].some((name) => headers.has(name));
  if (!inputs || unusual || searchParams.has("connectionParams")) return undefined;

  const errors: TRPCError[] = [];
  const ctx = { ...context, input };
  const call = async (path: string, batchIndex: number) => {
    const getRawInput = async () => inputs[batchIndex];
    const asked = { router, path, getRawInput, ctx, type: "query", batchIndex } as const;
    try {
      return { result: { data: await callTRPCProcedure({ ...asked, signal: undefined }) } };
    } catch (thrown) {
      const error = thrown instanceof TRPCError ? thrown : toTrpcError(thrown);
      errors.push(error);
      return { error: trpcErrorOf(context.report(error), context.requestId) };
    }
  };
  const answers = await Promise.all(names.map(call));
  const statuses = new Set(answers.map(({ error }) => error?.data.httpStatus ?? 200));
  const [status = 200] = statuses;
  return jsonReply(
    batch ? answers : answers[0],
    { Vary: "trpc-accept, accept", ...headersOf(errors) },
    statuses.size === 1 ? status : 207,
  );
}

/** By the place of the call. Undefined where the text is not what tRPC takes. */
function readInputs(text: string | null, batch: boolean): Record<number, unknown> | undefined {
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (!batch) return { 0: value };
    const object = typeof value === "object" && value !== null && !Array.isArray(value);
    return object ? (value as Record<number, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
