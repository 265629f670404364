import { readBearer } from "@taskbridge/bridge";
import { MAX_IMPORT_BYTES } from "@taskbridge/contract";
import type { AnyProcedure, AnyRouter, ProcedureType, TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { ApiRequest } from "./api-request.ts";
import {
  checkDeclaredLength,
  checkMediaType,
  MAX_BODY_BYTES,
  parseJson,
  rebuilt,
  refuseBody,
  withBoundedBody,
} from "./body.ts";
import type { Arrival, Context } from "./context.ts";
import { failureOf, ProtocolError } from "./errors.ts";
import { adding, emptyReply, type Reply, replyOf } from "./reply.ts";
import type { Meta } from "./trpc.ts";
import { type Answer, answerKeyed } from "./trpc-once.ts";
import { answerReads, pageBytesOf } from "./trpc-reads.ts";

/** The most calls that one tRPC batch may hold. */
export const MAX_BATCH_CALLS = 20;

const STREAM_NEEDED = "A streamed answer needs trpc-accept: application/jsonl.";
const endpoint = "/api/trpc";
const json = "application/json";

export const isTrpcPath = ({ pathname }: URL) => pathname.startsWith(`${endpoint}/`);

/**
 * Answers at `/api/trpc`: as tRPC does, but for what it would answer without our words or not refuse. Rejects
 * with what the error table knows.
 */
export async function handleTrpc(
  request: ApiRequest,
  arrival: Arrival,
  router: AnyRouter,
): Promise<Reply> {
  const names = namesIn(arrival.url);
  const procedures = proceduresOf(router, names);
  const limit = bodyLimitOf(names);
  const answered = answerUncalled(
    request,
    procedures.map((procedure) => procedure?._def.type),
    limit,
  );
  if (answered) return answered;
  await checkFraming(request, arrival, procedures.some(isStreamed));
  if (
    request.method !== "POST" &&
    names.length <= MAX_BATCH_CALLS &&
    procedures.every(isPlainRead)
  ) {
    const calls = procedures.map((procedure, at) => [names[at] ?? "", procedure] as const);
    const read = await answerReads(request, arrival, { calls, headersOf });
    if (read) return read;
  }
  const pageBytes = pageBytesOf(names.length);
  const answer: Answer = (sent, known) =>
    call(sent, { arrival, pageBytes, ...known }, { router, limit });
  if (request.method !== "POST" || !request.headers.has("idempotency-key")) return answer(request);
  return answerKeyed(request, arrival, { answer, limit });
}

async function call(
  request: ApiRequest,
  context: Context,
  { router, limit }: { router: AnyRouter; limit: number },
): Promise<Reply> {
  const { url, method, headers, signal } = request;
  const { arrival } = context;
  const response = await fetchRequestHandler({
    endpoint,
    router,
    // It asks for no more of a request than these, and answers every HEAD with an empty 204.
    req: (method === "POST"
      ? withBoundedBody(asJson(request), { limit, check: checkJson })
      : { url, method: "GET", headers, signal }) as Request,
    maxBatchSize: MAX_BATCH_CALLS,
    createContext: () => ({ ...context, input: arrival.url.searchParams.get("input") }),
    onError: ({ error }) => void arrival.report(error),
    responseMeta: ({ errors }) => ({ headers: headersOf(errors) }),
  });
  return replyOf(response);
}

/** A mutation without input has an empty body. */
const checkJson = (text: string) => void (text && parseJson(text));

/** Refuses by address, method and declared length alone; answers OPTIONS. */
function answerUncalled(
  { method, headers }: ApiRequest,
  types: (ProcedureType | undefined)[],
  limit: number,
): Reply | undefined {
  const known = types.every((type) => type !== undefined);
  const methods = [...new Set(types.flatMap((type) => (type ? methodsOf[type] : [])))];
  const callable = ["GET", "HEAD", "POST"].includes(method);
  // What is unknown among others is for tRPC to say, call by call.
  if (methods.length === 0 || !(known || callable)) {
    throw new ProtocolError("route_not_found", "There is no such procedure.");
  }
  const allow = ["OPTIONS", ...methods].join(", ");
  if (method === "OPTIONS") return emptyReply(204, { Allow: allow });
  if (known && !methods.includes(method)) {
    const sentence = "Queries take GET and mutations take POST.";
    throw new ProtocolError("method_not_allowed", sentence, { Allow: allow });
  }
  checkDeclaredLength(headers, limit);
  return undefined;
}

/** Whether there is a body, and of which type, and whether what is streamed can be taken; the token counts first, as it does in REST. */
async function checkFraming(
  request: ApiRequest,
  { verifier }: Arrival,
  streamed: boolean,
): Promise<void> {
  const { method, headers } = request;
  try {
    // tRPC would begin the work first, refuse then to write it, and leave it begun.
    if (streamed && headers.get("trpc-accept") !== "application/jsonl") {
      throw new ProtocolError("unsupported_media_type", STREAM_NEEDED);
    }
    if (method === "POST") checkMediaType(headers, [json]);
    else await refuseBody(request);
  } catch (refusal) {
    await verifier.verify(readBearer(headers));
    throw refusal;
  }
}

/** RFC 9110 §8.3.1: a media type is "case-insensitive"; tRPC knows this one in lower case alone. */
function asJson(request: ApiRequest): ApiRequest {
  if (request.headers.get("content-type")?.startsWith(json)) return request;
  const headers = new Headers([...request.headers]);
  headers.set("Content-Type", json);
  return rebuilt(request, { headers });
}

const methodsOf: Record<ProcedureType, string[]> = {
  query: ["HEAD", "GET"],
  mutation: ["POST"],
  subscription: ["GET"],
};

/** What each call in the address is for; undefined for a procedure that does not exist. */
function proceduresOf(router: AnyRouter, names: readonly string[]): (AnyProcedure | undefined)[] {
  // By their whole names; tRPC's types have them nested.
  const procedures = router._def.procedures as unknown as Record<string, AnyProcedure>;
  return names.map((name) => (Object.hasOwn(procedures, name) ? procedures[name] : undefined));
}

const isStreamed = (procedure: AnyProcedure | undefined) =>
  (procedure?.meta as Meta | undefined)?.streamed === true;

const isPlainRead = (procedure: AnyProcedure | undefined): procedure is AnyProcedure =>
  procedure?._def.type === "query" && !isStreamed(procedure);

/** JSON spells a byte of text with six at most, as `\u0001`; and there is something around the text. */
const MAX_IMPORT_CALL_BYTES = 6 * MAX_IMPORT_BYTES + 1024;

/** An import alone may be long: what REST takes as a file is a text in JSON here. */
const bodyLimitOf = (names: readonly string[]) =>
  names.join() === "task.import" ? MAX_IMPORT_CALL_BYTES : MAX_BODY_BYTES;

function namesIn({ pathname, searchParams }: URL): string[] {
  const names = decode(pathname.slice(endpoint.length + 1));
  return searchParams.get("batch") === "1" ? names.split(",") : [names];
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new ProtocolError("malformed_request", "The path is not well-formed.");
  }
}

/** A batch has one set of headers: the first failure that brings some speaks for all. */
function headersOf(errors: TRPCError[]): Record<string, string> {
  const headers = errors.map((error) => failureOf(error).headers);
  const first = headers.find((candidate) => Object.keys(candidate).length > 0);
  return adding({ "Cache-Control": "no-store" }, first ?? {});
}
