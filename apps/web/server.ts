import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { log, respond } from "@taskbridge/host";
import {
  apiListener,
  captureConsole,
  type Listener,
  openServer,
  requestListener,
  stopOnSignals,
} from "@taskbridge/host/server";
import next from "next";
import { banner } from "./src/banner.ts";
import { readSettings } from "./src/env.ts";
import { services } from "./src/services.ts";

/** What Better Auth's rate limits take a client's address from. */
const forwarded = "x-forwarded-for";

/**
 * The default host: one Node process. What is below `/api` goes straight to the handlers, because
 * Next's routing costs more than all the rest of such a request; everything else is Next's.
 * Resolves once it serves, with a way to stop it.
 */
async function startServer(dev: boolean) {
  const settings = readSettings();
  const server = await openServer(settings.port);
  try {
    const { handle } = await services();
    // Next listens for upgrades to its development socket, from the first page on, and leaves all others
    // without an answer: where it has no such socket it is given a server that nobody reaches.
    const httpServer = dev ? server.http : createServer();
    const app = next({ dev, dir: join(settings.root, "apps/web"), httpServer });
    await app.prepare();
    const answer = route({
      // Better Auth takes Requests.
      "/api/auth/": requestListener((request) => respond(handle, request)),
      "/api/": apiListener(handle),
      "/": app.getRequestHandler(),
    });
    server.answerWith((request, response) => {
      nameClient(request, settings.trustProxy);
      return answer(request, response);
    });
  } catch (error) {
    server.http.close();
    throw error;
  }
  if (!settings.rateLimit) log("warn", "RATE_LIMIT is off: no request is ever refused for haste.");

  const stop = async () => {
    await server.stop();
    await (await services()).close();
  };
  return { settings, stop };
}

/** Hands each request to the first whose path begins its own. */
function route(listeners: Record<string, Listener>): Listener {
  const entries = Object.entries(listeners);
  return (request, response) =>
    entries.find(([path]) => request.url?.startsWith(path))?.[1](request, response);
}

/**
 * Only the connection itself says where a request comes from; the header could be anybody's. A proxy
 * that is trusted has appended what it saw to what it was told: its word is the last one.
 */
function nameClient(request: IncomingMessage, trustProxy: boolean): void {
  const { rawHeaders, socket } = request;
  const told = trustProxy ? request.headersDistinct[forwarded]?.join(",").split(",").at(-1) : null;
  const address = told?.trim() || (socket.remoteAddress ?? "");
  const kept = rawHeaders.filter((_, at) => rawHeaders[at - (at % 2)]?.toLowerCase() !== forwarded);
  // Node has read one from the other by now, and who comes after us may read either.
  request.rawHeaders = [...kept, forwarded, address];
  request.headers[forwarded] = address;
}

/** Serves until a signal says stop. Rejects, with one sentence to show, where it cannot start. */
export async function serve({ dev = false } = {}): Promise<void> {
  const { settings, stop } = await startServer(dev);
  // While developing, people read what Next and React print as it is.
  if (!dev) captureConsole();
  process.stdout.write(banner(settings));
  stopOnSignals(stop);
}
