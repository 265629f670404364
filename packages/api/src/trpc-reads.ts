import { PAGE_BYTES } from "@taskbridge/tasks";
import { type AnyProcedure, TRPCError } from "@trpc/server";
import type { ApiRequest } from "./api-request.ts";
import type { Arrival, Context } from "./context.ts";
import { toTrpcError } from "./errors.ts";
import { trpcErrorOf } from "./problem.ts";
import { adding, type Reply, textOf } from "./reply.ts";
import { SharedReads } from "./shared-reads.ts";

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
  const reads = new SharedReads();
  const ctx: Context = {
    arrival,
    input,
    pageBytes: pageBytesOf(calls.length),
    reads: calls.length > 1 ? reads : undefined,
  };
  const call = async ([path, procedure]: Reads["calls"][number], batchIndex: number) => {
    const getRawInput = async () => inputs[batchIndex];
    const asked = { ctx, getRawInput, path, type: "query", batchIndex, signal: undefined } as const;
    try {
      const data = await procedure(asked);
      return {
        status: 200,
        text: data === undefined ? noData : `{"result":{"data":${textOf(data)}}}`,
      };
    } catch (thrown) {
      const error = thrown instanceof TRPCError ? thrown : toTrpcError(thrown);
      errors.push(error);
      const told = trpcErrorOf(arrival.report(error), arrival.requestId);
      return { status: told.data.httpStatus, text: JSON.stringify({ error: told }) };
    }
  };
  const answers = await Promise.all(calls.map(call));
  const texts = answers.map(({ text }) => text);
  const statuses = new Set(answers.map(({ status }) => status));
  const [status = 200] = statuses;
  return {
    status: statuses.size === 1 ? status : 207,
    headers: adding(
      { "Content-Type": "application/json", Vary: "trpc-accept, accept" },
      headersOf(errors),
    ),
    body: batch ? `[${texts.join()}]` : (texts[0] ?? ""),
  };
}

/** The most bytes of JSON in the pages of all calls of a batch together. */
const BATCH_BYTES = 4 * 1024 * 1024;

/** What each of so many calls may have of that; one by itself has what a page has. */
export const pageBytesOf = (calls: number) =>
  Math.min(PAGE_BYTES, Math.floor(BATCH_BYTES / Math.max(calls, 1)));

/** JSON has no word for it. */
const noData = '{"result":{}}';

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
