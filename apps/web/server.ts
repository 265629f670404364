import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { getRequestListener, RequestError } from "@hono/node-server";
import { refuse } from "@taskbridge/api";
import next from "next";
import { banner } from "./src/banner.ts";
import { captureConsole } from "./src/capture-console.ts";
import { readSettings, SettingsError } from "./src/env.ts";
import { continueWhenRead } from "./src/expect-continue.ts";
import { log } from "./src/log.ts";
import { services } from "./src/services.ts";

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What Better Auth's rate limits take a client's address from. */
const forwarded = "x-forwarded-for";

/** How long requests in flight may still take once the process was told to stop. */
const GRACE_MS = 10_000;

/**
 * The default host: one Node process. What is below `/api` goes straight to the handlers, because
 * Next's routing costs more than all the rest of such a request; everything else is Next's.
 * Resolves once it serves, with a way to stop it.
 */
async function startServer(dev: boolean) {
  const settings = readSettings();
  let answer: Listener = (_, response) => response.writeHead(503, { "Retry-After": "1" }).end();
  const listener: Listener = (request, response) => {
    nameClient(request, settings.trustProxy);
    void answer(request, response);
  };
  const server = createServer(listener).on("checkContinue", (request, response) => {
    continueWhenRead(request, response);
    listener(request, response);
  });
  await listen(server, settings.port);

  try {
    const { handle } = await services();
    // Next listens for upgrades to its development socket, from the first page on, and leaves all others
    // without an answer: where it has no such socket it is given a server that nobody reaches.
    const httpServer = dev ? server : createServer();
    const app = next({ dev, dir: join(settings.root, "apps/web"), httpServer });
    await app.prepare();
    answer = route(apiListener(handle), app.getRequestHandler());
  } catch (error) {
    server.close();
    throw error;
  }
  if (!settings.rateLimit) log("warn", "RATE_LIMIT is off: no request is ever refused for haste.");

  return { settings, stop: () => stop(server) };
}

const route =
  (api: Listener, pages: Listener): Listener =>
  (request, response) => {
    if (!request.url?.startsWith("/")) return response.writeHead(400).end();
    // A Request cannot have these methods, and nobody needs them here.
    if (/^TRAC[EK]$/.test(request.method ?? "")) return response.writeHead(405).end();
    return (request.url.startsWith("/api/") ? api : pages)(request, response);
  };

function apiListener(handle: (request: Request) => Promise<Response>): Listener {
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

/** Lets the requests in flight end, then closes the database. */
async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(late);
  await (await services()).close();
}

/** Serves until a signal says stop. Rejects, with one sentence to show, where it cannot start. */
export async function serve({ dev = false } = {}): Promise<void> {
  const { settings, stop: stopServing } = await startServer(dev);
  // While developing, people read what Next and React print as it is.
  if (!dev) captureConsole();
  process.stdout.write(banner(settings));

  let stopping = false;
  const onSignal = () => {
    // Whoever asks twice does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    void stopServing().then(
      () => process.exit(0),
      (error: unknown) => {
        log("error", "Stopping failed.", {}, error);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
}
