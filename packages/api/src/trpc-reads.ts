import { type AnyProcedure, TRPCError } from "@trpc/server";
import type { ApiRequest } from "./api-request.ts";
import type { Arrival } from "./context.ts";
import { toTrpcError } from "./errors.ts";
import { trpcErrorOf } from "./problem.ts";
import { jsonReply, type Reply } from "./reply.ts";

interface Reads {
  /** By their names in the address: queries, none of which answers piece by piece. */
  calls: readonly (readonly [name: string, procedure: AnyProcedure])[];
  headersOf: (errors: TRPCError[]) => Record<string, string>;
}

/**
 * Answers queries as tRPC's own handler does, to the byte; undefined where anything is unusual, for that
 * handler to answer. It makes a Response, and for each call two signals that nobody listens to: without
 * those a list takes two thirds of the time. The test holds the two against each other.
 */
export async function answerReads(
  { headers }: Pick<ApiRequest, "headers">,
  arrival: Arrival,
  { calls, headersOf }: Reads,
): Promise<Reply | undefined> {
  const { searchParams } = arrival.url;
  const batch = searchParams.get("batch") === "1";
  const input = searchParams.get("input");
  const inputs = readInputs(input, batch);
  const unusual = ["trpc-accept", "content-type"].some((name) => headers.has(name));
  if (!inputs || unusual || searchParams.has("connectionParams")) return undefined;

  const errors: TRPCError[] = [];
  const ctx = { arrival, input };
  const call = async ([path, procedure]: Reads["calls"][number], batchIndex: number) => {
    const getRawInput = async () => inputs[batchIndex];
    const asked = { ctx, getRawInput, path, type: "query", batchIndex, signal: undefined } as const;
    try {
      return { result: { data: await procedure(asked) } };
    } catch (thrown) {
      const error = thrown instanceof TRPCError ? thrown : toTrpcError(thrown);
      errors.push(error);
      return { error: trpcErrorOf(arrival.report(error), arrival.requestId) };
    }
  };
  const answers = await Promise.all(calls.map(call));
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
