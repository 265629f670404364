import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { refuse, toResponse } from "@taskbridge/api";
import { log } from "../log/log.ts";
import { type Handle, respond } from "../securing.ts";
import { NodeRequest } from "./node-request.ts";
import { write } from "./write.ts";

/** What a server of Node's hands its requests to. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Hands Node's requests to a handler that takes Requests, and writes its Responses. */
export const requestListener = (handle: (request: Request) => Promise<Response>): Listener =>
  getRequestListener(handle, {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      if (!(error instanceof RequestError)) return toResponse(unexpected(error));
      const detail = "The request line or the Host header is malformed.";
      return toResponse(refuse("malformed_request", detail));
    },
  }) as Listener;

/** The same for a handler that needs neither: to make them costs as much as most calls. */
export function apiListener(handle: Handle): Listener {
  const odd = requestListener((request) => respond(handle, request));
  return async (incoming, outgoing) => {
    const request = NodeRequest.of(incoming, outgoing);
    if (!request) return odd(incoming, outgoing);
    try {
      await write(await handle(request, request.parsed).catch(unexpected), outgoing);
    } catch (error) {
      log("error", "An answer could not be written.", {}, error);
      outgoing.destroy();
    }
  };
}

function unexpected(error: unknown) {
  log("error", "A request could not be handled.", {}, error);
  return refuse("internal_error", "Something went wrong on the server.");
}

/** What no handler ever sees: a Request cannot have such an address or method, and nobody needs them. */
export const refusingOddities =
  (listener: Listener): Listener =>
  (request, response) => {
    if (!request.url?.startsWith("/")) return response.writeHead(400).end();
    if (/^TRAC[EK]$/.test(request.method ?? "")) return response.writeHead(405).end();
    return listener(request, response);
  };
