import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { type Reply, refuse, toResponse } from "@taskbridge/api";
import { apiHeaders, type Reached } from "../headers.ts";
import { log } from "../log/log.ts";
import { type Handle, responding, securing } from "../responding.ts";
import { NodeRequest } from "./node-request.ts";
import { dropUnreadBody } from "./unread-body.ts";
import { write } from "./write.ts";

/** What a server of Node's hands its requests to. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What a listener throws, at once or later, ends its request's connection, and not the process. */
export const hearing =
  (listener: Listener): Listener =>
  async (request, response) => {
    try {
      await listener(request, response);
    } catch (error) {
      log("error", "A request could not be handled.", {}, error);
      response.destroy();
    }
  };

/**
 * Hands Node's requests to a handler that takes Requests, and writes its Responses. All get the API's
 * security headers, those to what cannot be made a Request too.
 */
export function requestListener(handle: Handle, where: Reached): Listener {
  const secure = securing(where);
  return getRequestListener(responding(handle, where), {
    overrideGlobalObjects: false,
    errorHandler: (error) => secure(toResponse(replyTo(error))),
  }) as Listener;
}

function replyTo(error: unknown) {
  if (!(error instanceof RequestError)) return unexpected(error);
  return refuse("malformed_request", "The request line or the Host header is malformed.");
}

/**
 * The same for a handler that needs neither: to make them costs as much as most calls. Its answers get the
 * API's security headers.
 */
export function apiListener(handle: Handle, where: Reached): Listener {
  const odd = requestListener(handle, where);
  const secure = securing(where);
  const headers = Object.entries(apiHeaders(where)).flat();
  return async (incoming, outgoing) => {
    const request = NodeRequest.of(incoming, outgoing);
    if (!request) return odd(incoming, outgoing);
    let answer: Reply | Response;
    try {
      answer = await handle(request, request.parsed);
    } catch (error) {
      answer = unexpected(error);
    }
    try {
      if (answer instanceof Response) await write(secure(answer), outgoing);
      else await write(answer, outgoing, headers);
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

/** An empty or a dot segment, or what some reader takes for one or for a slash, anywhere in a path. */
const oddPath = /\/\/|\\|%2f|%5c|\/(?:\.|%2e){1,2}(?:\/|$)/i;

const refusedPath = () =>
  refuse("malformed_request", "The path must not have empty or dot segments, or encoded slashes.");

/** Whatever the app's address is. */
const plain = Object.entries(apiHeaders({ baseUrl: "" })).flat();

/**
 * What no handler ever sees: a Request cannot have such an address or method, and nobody needs them. A
 * path that says one thing as it is and another once it is resolved would be counted as the first and
 * answered as the second.
 */
export const refusingOddities =
  (listener: Listener): Listener =>
  (request, response) => {
    dropUnreadBody(request, response);
    const [path = ""] = request.url?.split(/[?#]/, 1) ?? [];
    if (!path.startsWith("/") || oddPath.test(path)) return write(refusedPath(), response, plain);
    if (/^TRAC[EK]$/.test(request.method ?? "")) return response.writeHead(405).end();
    return listener(request, response);
  };
