import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Reply, refuse, toResponse } from "@taskbridge/api";
import { log } from "../log/log.ts";
import type { Handle } from "../securing.ts";

/** What a server of Node's hands its requests to. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Hands Node's requests to a handler, and writes its answers: what is no stream without a Response. */
export function apiListener(handle: Handle): Listener {
  return getRequestListener(
    async (request, { outgoing }) => {
      const answer = await handle(request);
      if (answer instanceof Response) return answer;
      if (answer.body instanceof ReadableStream) return toResponse(answer);
      write(answer, outgoing as ServerResponse);
      return RESPONSE_ALREADY_SENT;
    },
    {
      overrideGlobalObjects: false,
      errorHandler: (error) => {
        if (error instanceof RequestError) {
          const detail = "The request line or the Host header is malformed.";
          return toResponse(refuse("malformed_request", detail));
        }
        log("error", "A request could not be handled.", {}, error);
        return toResponse(refuse("internal_error", "Something went wrong on the server."));
      },
    },
  ) as Listener;
}

function write({ status, headers, body }: Reply, response: ServerResponse): void {
  if (body === null) {
    response.writeHead(status, headers).end();
  } else {
    response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body as string) });
    response.end(body);
  }
}

/** What no handler ever sees: a Request cannot have such an address or method, and nobody needs them. */
export const refusingOddities =
  (listener: Listener): Listener =>
  (request, response) => {
    if (!request.url?.startsWith("/")) return response.writeHead(400).end();
    if (/^TRAC[EK]$/.test(request.method ?? "")) return response.writeHead(405).end();
    return listener(request, response);
  };
