import { BridgeError } from "@taskbridge/bridge";
import { createTaskService } from "@taskbridge/tasks";
import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { checkDeclaredLength, checkMediaType, isCutOff, withBoundedBody } from "./body.ts";
import { type ApiDeps, type Context, requestIdOf } from "./context.ts";
import { failureOf, ProtocolError, type ProtocolErrorCode } from "./errors.ts";
import { problemResponse, trpcErrorResponse } from "./problem.ts";
import { handleRest } from "./rest/adapter.ts";
import { appRouter } from "./router/index.ts";

/** The most calls that one tRPC batch may hold. */
export const MAX_BATCH_CALLS = 20;

export interface Api {
  /** tRPC at `/api/trpc`. */
  trpc: (request: Request) => Promise<Response>;
  /** REST at `/api/{user_id}/tasks`, and the 404 of everything else. */
  rest: (request: Request) => Promise<Response>;
  /** Both, by path. */
  fetch: (request: Request) => Promise<Response>;
}

/**
 * Builds both doors over one router. The handlers take a `Request` and give a `Response`, never
 * throw, and need no server: Next, plain Node and a test mount the same ones.
 */
export function createApi(deps: ApiDeps): Api {
  const { verifier, scopeOf } = deps;
  const tasks = createTaskService(deps);
  const contextOf = (request: Request): Context => ({
    verifier,
    scopeOf,
    tasks,
    headers: request.headers,
    requestId: requestIdOf(request.headers),
  });

  const rest: Api["rest"] = async (request) => {
    const context = contextOf(request);
    const response = await handleRest(request, context).catch((error: unknown) =>
      problemResponse(report(deps, error, request, context.requestId), context.requestId),
    );
    response.headers.set("X-Request-Id", context.requestId);
    return response;
  };

  const trpc: Api["trpc"] = async (request) => {
    const context = contextOf(request);
    const response = refusal(request, context) ?? (await callTrpc(request, context));
    response.headers.set("X-Request-Id", context.requestId);
    return response;
  };

  const callTrpc = (request: Request, context: Context) => {
    let outageReported = false;
    const onError = ({ error }: { error: TRPCError }) => {
      // All calls of a batch show the same token: why it cannot be verified is told once.
      const outage = error.cause instanceof BridgeError && error.cause.status === 503;
      if (!outage || !outageReported) report(deps, error, request, context.requestId);
      outageReported ||= outage;
    };
    return fetchRequestHandler({
      endpoint: "/api/trpc",
      router: appRouter,
      req: withBoundedBody(request),
      maxBatchSize: MAX_BATCH_CALLS,
      createContext: () => context,
      onError,
      responseMeta: ({ errors }) => ({ headers: trpcHeaders(errors) }),
    });
  };

  return {
    trpc,
    rest,
    fetch: (request) => (isTrpcPath(new URL(request.url).pathname) ? trpc : rest)(request),
  };
}

/** What tRPC would refuse without our words for it, or after reading too much. */
function refusal(request: Request, { requestId }: Context): Response | undefined {
  const { method, headers } = request;
  try {
    checkPathEncoding(request.url);
    checkDeclaredLength(headers);
    if (method === "POST") checkMediaType(headers.get("content-type"), ["application/json"]);
    return undefined;
  } catch (error) {
    return trpcErrorResponse(failureOf(error), requestId);
  }
}

function checkPathEncoding(url: string): void {
  try {
    decodeURIComponent(new URL(url).pathname);
  } catch {
    throw new ProtocolError("malformed_request", "The path is not well-formed.");
  }
}

const isTrpcPath = (pathname: string) => pathname.startsWith("/api/trpc/");

/**
 * For a host whose other handlers failed: reports the cause as the doors do, and answers in their
 * words, with the request id that the report names.
 */
export function answerFailure(
  error: unknown,
  request: Request,
  reportError: ApiDeps["reportError"],
): Response {
  const requestId = requestIdOf(request.headers);
  const told = isCutOff(error)
    ? new ProtocolError("malformed_body", "The body was cut off.")
    : error;
  return problemResponse(report({ reportError }, told, request, requestId), requestId);
}

/** Problem details for a host to answer what it refuses before a door sees it. */
export function refuse(code: ProtocolErrorCode, detail: string): Response {
  return problemResponse(failureOf(new ProtocolError(code, detail)), crypto.randomUUID());
}

function report(
  deps: Pick<ApiDeps, "reportError">,
  error: unknown,
  request: Request,
  requestId: string,
) {
  const failure = failureOf(error);
  if (failure.status >= 500) {
    const cause = error instanceof TRPCError && error.cause ? error.cause : error;
    deps.reportError(cause, { requestId, path: new URL(request.url).pathname });
  }
  return failure;
}

/** A batch has one set of headers: the first failure that brings some speaks for all. */
function trpcHeaders(errors: TRPCError[]): Record<string, string> {
  const headers = errors.map((error) => failureOf(error).headers);
  return {
    "Cache-Control": "no-store",
    ...headers.find((candidate) => Object.keys(candidate).length > 0),
  };
}
