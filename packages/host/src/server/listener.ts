import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { refuse } from "@taskbridge/api";
import { log } from "../log/log.ts";

/** What a server of Node's hands its requests to. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Hands Node's requests to a handler of the platform's own, and writes its answers. */
export function apiListener(handle: (request: Request) => Promise<Response>): Listener {
  return getRequestListener(handle, {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      if (error instanceof RequestError) {
        return refuse("malformed_request", "The request line or the Host header is malformed.");
      }
      log("error", "A request could not be handled.", {}, error);
      return refuse("internal_error", "Something went wrong on the server.");
    },
  }) as Listener;
}

/** What no handler ever sees: a Request cannot have such an address or method, and nobody needs them. */
export const refusingOddities =
  (listener: Listener): Listener =>
  (request, response) => {
    if (!request.url?.startsWith("/")) return response.writeHead(400).end();
    if (/^TRAC[EK]$/.test(request.method ?? "")) return response.writeHead(405).end();
    return listener(request, response);
  };
