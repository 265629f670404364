import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { SettingsError } from "../settings.ts";
import { continueWhenRead } from "./expect-continue.ts";
import { type Listener, refusingOddities } from "./listener.ts";

/** How long requests in flight may still take once the process was told to stop. */
const GRACE_MS = 10_000;

export interface HostServer {
  http: Server;
  /** From here on requests go to this one. */
  answerWith: (listener: Listener) => void;
  /** Takes no more requests, and lets those in flight end. */
  stop: () => Promise<void>;
}

/**
 * Takes the port before anything else is done, and asks whoever comes to come back until there is
 * something to answer with. Rejects with one sentence where the port cannot be had.
 */
export async function openServer(port: number): Promise<HostServer> {
  let answer: Listener = (_, response) => response.writeHead(503, { "Retry-After": "1" }).end();
  const listener: Listener = (request, response) => void answer(request, response);
  const http = createServer(listener).on("checkContinue", (request, response) => {
    continueWhenRead(request, response);
    listener(request, response);
  });
  await listen(http, port);
  return {
    http,
    answerWith: (next) => {
      answer = refusingOddities(next);
    },
    stop: () => stop(http),
  };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE") {
      throw new SettingsError(`Port ${port} is taken; stop what uses it or set PORT in .env.`);
    }
    if (error.code === "EACCES") {
      throw new SettingsError(
        `Port ${port} needs more rights; set PORT to one above 1023 in .env.`,
      );
    }
    throw error;
  });
}

async function stop(server: Server): Promise<void> {
  // On connections that are kept, clients would go on asking until they are cut off in the midst of it.
  const bidFarewell = (_: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive = false;
  };
  server.prependListener("request", bidFarewell).prependListener("checkContinue", bidFarewell);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(late);
}
