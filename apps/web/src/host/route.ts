import type { IncomingMessage } from "node:http";
import type { Listener } from "@taskbridge/host/server";
import { clientAddress, forwardedAddress } from "./client-address.ts";

/** Hands each request to the first whose path begins its own. */
export function route(listeners: Record<string, Listener>): Listener {
  const entries = Object.entries(listeners);
  return (request, response) =>
    entries.find(([path]) => request.url?.startsWith(path))?.[1](request, response);
}

/** What Better Auth's rate limits take a client's address from. */
const forwarded = "x-forwarded-for";

/**
 * Only the connection itself says where a request comes from; the header could be anybody's, unless a
 * proxy is trusted.
 */
export const namingClients =
  (listener: Listener, trustProxy: boolean): Listener =>
  (request, response) => {
    nameClient(request, trustProxy);
    return listener(request, response);
  };

function nameClient(request: IncomingMessage, trustProxy: boolean): void {
  const { rawHeaders, socket } = request;
  const told = trustProxy ? request.headersDistinct[forwarded]?.join(",") : undefined;
  const address = forwardedAddress(told ?? "") ?? clientAddress(socket.remoteAddress ?? "") ?? "";
  const kept = rawHeaders.filter((_, at) => rawHeaders[at - (at % 2)]?.toLowerCase() !== forwarded);
  // Node has read one from the other by now, and who comes after us may read either.
  request.rawHeaders = [...kept, forwarded, address];
  request.headers[forwarded] = address;
}
