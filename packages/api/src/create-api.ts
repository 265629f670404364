import { createTaskService } from "@taskbridge/tasks";
import type { AnyRouter } from "@trpc/server";
import type { ApiRequest } from "./api-request.ts";
import { ArrivedRequest } from "./arrival.ts";
import { bodyTooLarge, isCutOff, MAX_FORM_BYTES, refuseBody } from "./body.ts";
import { CallsInFlight } from "./calls-in-flight.ts";
import { type ApiDeps, type Arrival, requestIdOf } from "./context.ts";
import type { ProtocolErrorCode } from "./error-table.ts";
import { type Failure, failureOf, ProtocolError } from "./errors.ts";
import { problemReply, trpcErrorReply } from "./problem.ts";
import { type Reply, toResponse } from "./reply.ts";
import { reportFailure } from "./report.ts";
import { handleRest } from "./rest/adapter.ts";
import { isDocumentPath, servingDocument } from "./rest/openapi/serve.ts";
import type { RestRoute } from "./rest/route.ts";
import { routes } from "./rest/routes.ts";
import { appRouter } from "./router/index.ts";
import { createCallerFactory } from "./trpc.ts";
import { handleTrpc, isTrpcPath } from "./trpc-door.ts";

export interface Api {
  /** tRPC at `/api/trpc`. */
  trpc: (request: Request) => Promise<Response>;
  /** REST at `/api/{user_id}/tasks`, its OpenAPI document, and the 404 of everything else. */
  rest: (request: Request) => Promise<Response>;
  /** Both, by path. */
  fetch: (request: Request) => Promise<Response>;
  /**
   * The same, for a host that writes answers without making Responses of them, and may have parsed the
   * request's URL before.
   */
  reply: (request: ApiRequest, url?: URL) => Promise<Reply>;
}

/** What the doors open. */
export interface Doors {
  router: AnyRouter;
  /** REST rows, whose calls take a caller of the router. */
  routes: readonly RestRoute[];
}

/** Both doors over the app's own router and routes. */
export const createApi = (deps: ApiDeps): Api => createDoors(deps, { router: appRouter, routes });

/**
 * Builds both doors over one router. The handlers take a `Request` and give a `Response`, never
 * throw, and need no server: Next, plain Node and a test mount the same ones.
 */
export function createDoors(deps: ApiDeps, { router, routes }: Doors): Api {
  const table = { routes, createCaller: createCallerFactory(router) };
  const handleDocument = servingDocument(routes);
  const shared = {
    ...deps,
    tasks: createTaskService(deps),
    callsInFlight: new CallsInFlight(),
  };

  /** What both doors do alike: the request's id, failures, the count of calls, and HEAD without a body. */
  const door =
    (
      handle: (request: ApiRequest, arrival: Arrival) => Promise<Reply> | Reply,
      tell: (failure: Failure, requestId: string) => Reply,
    ) =>
    async (request: ApiRequest, url = new URL(request.url)): Promise<Reply> => {
      const arrival = new ArrivedRequest(shared, request, url);
      let reply: Reply;
      try {
        reply = await handle(request, arrival);
      } catch (error) {
        reply = tell(arrival.report(error), arrival.requestId);
      }
      arrival.calls?.tell(reply.headers);
      return named(reply, request.method, arrival.requestId);
    };

  const rest = door(
    (request, arrival) =>
      isDocumentPath(arrival.url) ? handleDocument(request) : handleRest(request, arrival, table),
    problemReply,
  );
  const trpc = door((request, arrival) => handleTrpc(request, arrival, router), trpcErrorReply);
  const reply = (request: ApiRequest, url = new URL(request.url)) =>
    (isTrpcPath(url) ? trpc : rest)(request, url);
  return {
    trpc: async (request) => toResponse(await trpc(request)),
    rest: async (request) => toResponse(await rest(request)),
    fetch: async (request) => toResponse(await reply(request)),
    reply,
  };
}

/**
 * For a host whose other handlers failed: reports the cause as the doors do, and answers in their
 * words, with the request id that the report names.
 */
export function answerFailure(
  error: unknown,
  request: ApiRequest,
  reportError: ApiDeps["reportError"],
): Reply {
  const requestId = requestIdOf(request.headers);
  const told = isCutOff(error)
    ? new ProtocolError("malformed_body", "The body was cut off.")
    : error;
  const path = new URL(request.url).pathname;
  return problemReply(reportFailure(reportError, told, { requestId, path }), requestId);
}

/**
 * For a host to answer what it refuses before a door sees it: with the request, in the words of the door
 * that it is for, and under its id.
 */
export function refuse(
  code: ProtocolErrorCode,
  detail: string,
  { request, headers }: { request?: ApiRequest; headers?: Record<string, string> } = {},
): Reply {
  return refuseBy(new ProtocolError(code, detail, headers), request);
}

/** The same of a body that is longer than `MAX_FORM_BYTES`. */
export const refuseLongBody = (request: ApiRequest): Reply =>
  refuseBy(bodyTooLarge(MAX_FORM_BYTES), request);

/** The same of a body where none is taken; undefined where there is none. It is read to know. */
export const refuseUnexpectedBody = (request: ApiRequest): Promise<Reply | undefined> =>
  refuseBody(request).then(
    () => undefined,
    (error: unknown) => refuseBy(error, request),
  );

function refuseBy(error: unknown, request: ApiRequest | undefined): Reply {
  const requestId = requestIdOf(request?.headers ?? new Headers());
  const failure = failureOf(error);
  const tell = request && isTrpcPath(new URL(request.url)) ? trpcErrorReply : problemReply;
  return named(tell(failure, requestId), request?.method, requestId);
}

/** What every answer has: the request's id, and to HEAD no body. */
function named(reply: Reply, method: string | undefined, id: string): Reply {
  reply.headers["X-Request-Id"] = id;
  if (method !== "HEAD") return reply;
  // Nobody is going to read it, and what makes it must hear of that.
  if (reply.body instanceof ReadableStream) void reply.body.cancel().catch(() => {});
  return { ...reply, body: null };
}
