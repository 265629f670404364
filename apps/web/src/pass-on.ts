import { Readable } from "node:stream";
import { ReadableStream as WebStream } from "node:stream/web";
import { type ApiRequest, refuse, refuseUnexpectedBody, requestIdOf } from "@taskbridge/api";
import { type OpenedApi, reportError } from "@taskbridge/host";
import { type Dispatcher, Pool } from "undici";
import { ofOneConnection } from "./of-one-connection.ts";

/** No cookie is read there, and who verifies tokens has no business with login sessions. */
const keptHere = new Set(["cookie", "set-cookie"]);

const timeouts = {
  connect: { timeout: 3_500 },
  // Longer than the API itself waits for its slowest write.
  headersTimeout: 40_000,
  bodyTimeout: 40_000,
};

/** Passes requests to a host of the API elsewhere, and its answers back: bodies both ways as they come. */
export function passingOn(apiUrl: string): OpenedApi {
  const pool = new Pool(apiUrl, timeouts);
  return {
    handle: async (request, url) => {
      const requestId = requestIdOf(request.headers);
      const headers = headersOf(request.headers);
      headers["x-request-id"] = requestId;
      // What announces a body and cannot carry one must not be written anew with that announcement: the
      // next request on the connection would be taken for the body.
      const refused = request.body ? undefined : await refuseUnexpectedBody(request);
      if (refused) return refused;
      try {
        return answerOf(await pass(pool, request, url, headers), request);
      } catch (error) {
        const named = new Request(request.url, { method: request.method, headers });
        if (request.signal.aborted) {
          return refuse("malformed_body", "The request was cut off.", { request: named });
        }
        reportError(error, { requestId, path: url.pathname });
        const detail = "The API is out of reach at the moment; try again shortly.";
        return refuse("unavailable", detail, { request: named, headers: { "Retry-After": "1" } });
      }
    },
    close: () => pool.destroy(),
  };
}

function pass(
  pool: Pool,
  request: ApiRequest,
  { pathname, search }: URL,
  headers: Record<string, string>,
) {
  return pool.request({
    path: pathname + search,
    method: request.method as Dispatcher.HttpMethod,
    headers,
    body: request.body && Readable.from(chunksOf(request.body), { objectMode: false }),
    signal: request.signal,
  });
}

/** Left early it does not cancel the body: that would end the connection before its answer. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function headersOf(given: ApiRequest["headers"]): Record<string, string> {
  const named = (given.get("connection") ?? "").split(",").map((name) => name.trim().toLowerCase());
  const kept = [...given].filter(
    ([name]) => !(ofOneConnection.has(name) || keptHere.has(name) || named.includes(name)),
  );
  return Object.fromEntries(kept);
}

function answerOf(given: Dispatcher.ResponseData, request: ApiRequest): Response {
  const { statusCode: status, body } = given;
  const headers = new Headers();
  for (const [name, value] of Object.entries(given.headers)) {
    if (value === undefined || ofOneConnection.has(name) || keptHere.has(name)) continue;
    for (const each of [value].flat()) headers.append(name, each);
  }
  if (request.method !== "HEAD" && status !== 204 && status !== 304) {
    return new Response(WebStream.from(body) as ReadableStream, { status, headers });
  }
  body.resume();
  return new Response(null, { status, headers });
}
