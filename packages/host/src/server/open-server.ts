import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import {
  createServer as createSocketServer,
  type Socket,
  type Server as SocketServer,
} from "node:net";
import { SettingsError } from "../settings.ts";
import { continueWhenRead } from "./expect-continue.ts";
import { hearing, type Listener, refusingOddities } from "./listener.ts";

/** How long requests in flight may still take once the process was told to stop. */
const GRACE_MS = 10_000;
/** Longer than proxies keep a connection (60 s is usual): one that they use again must not be closing. */
const KEEP_ALIVE_MS = 75_000;
/** A request's headers; longer than the time above, so that a kept connection does not end by it. */
const HEADERS_MS = 80_000;
/** All of a request, however slowly it comes. */
const REQUEST_MS = 300_000;
/**
 * After so long without a byte in either direction a request's connection is ended: nobody reads the
 * answer. Longer than any answer takes to begin.
 */
const NO_PROGRESS_MS = 60_000;
/** How often connections whose last answer is out are looked for, once no more requests are taken. */
const LOOK_MS = 100;

export interface HostServer {
  http: Server;
  /** From here on requests go to this one. */
  answerWith: (listener: Listener) => void;
  /** Takes no more requests, and lets those in flight end. */
  stop: () => Promise<void>;
}

/** Where a server listens. */
export interface ListenAt {
  port: number;
  /** `loopback` is 127.0.0.1 and ::1; undefined are all addresses of the machine. */
  host?: string | undefined;
}

/**
 * Takes the port before anything else is done, and asks whoever comes to come back until there is
 * something to answer with. Rejects with one sentence where the port cannot be had.
 */
export async function openServer({ port, host }: ListenAt): Promise<HostServer> {
  let answer: Listener = (_, response) => response.writeHead(503, { "Retry-After": "1" }).end();
  const unanswered = new Set<ServerResponse>();
  let stopping = false;
  const take = (request: IncomingMessage, response: ServerResponse, waits = false): void => {
    // Pipelined, it is the turn of those before it. Node does not tell an answer that waits of the end of its
    // connection: what is read for it, and the place of its call, would be held for ever.
    if (!response.socket) return void response.once("socket", () => take(request, response, waits));
    unanswered.add(response);
    response.once("close", () => unanswered.delete(response));
    if (stopping) bidFarewell(response);
    if (waits) continueWhenRead(request, response);
    void answer(request, response);
  };
  const http = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
    },
    (request, response) => take(request, response),
  );
  const sockets = new Set<Socket>();
  http.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  http
    .setTimeout(NO_PROGRESS_MS)
    .on("checkContinue", (request, response) => take(request, response, true));
  await listen(http, { port, host: host === "loopback" ? "127.0.0.1" : host });
  const second = host === "loopback" ? await listenOnIpv6(http) : undefined;
  return {
    http,
    answerWith: (next) => {
      answer = hearing(refusingOddities(next));
    },
    stop: () => {
      stopping = true;
      for (const response of unanswered) bidFarewell(response);
      return stop(http, second, sockets);
    },
  };
}

async function listen(server: SocketServer, { port, host }: ListenAt): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen({ port, host }, resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE") {
      throw new SettingsError(`Port ${port} is taken; stop what uses it or set PORT in .env.`);
    }
    if (error.code === "EACCES") {
      throw new SettingsError(
        `Port ${port} needs more rights; set PORT to one above 1023 in .env.`,
      );
    }
    if (["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN", "EINVAL"].includes(error.code ?? "")) {
      throw new SettingsError(`HOST is ${host}, which is no address of this machine.`);
    }
    throw error;
  });
}

/** `localhost` may mean either loopback address. A machine without IPv6 has one. */
async function listenOnIpv6(http: Server): Promise<SocketServer | undefined> {
  const { port } = http.address() as { port: number };
  // An HTTP server listens at one address; what else it should answer is handed to it.
  const server = createSocketServer((socket) => void http.emit("connection", socket));
  try {
    await listen(server, { port, host: "::1" });
    return server;
  } catch (error) {
    const taken = error instanceof SettingsError && error.message.startsWith("Port");
    if (!taken) return undefined;
    http.close();
    throw error;
  }
}

/** On connections that are kept, clients would go on asking until they are cut off in the midst of it. */
function bidFarewell(response: ServerResponse): void {
  response.shouldKeepAlive = false;
}

async function stop(
  http: Server,
  second: SocketServer | undefined,
  sockets: ReadonlySet<Socket>,
): Promise<void> {
  const closed = Promise.all([http, second].map(close));
  // Closing ends those that are idle now. An answer that had begun before leaves its connection open.
  const looking = setInterval(() => http.closeIdleConnections(), LOOK_MS);
  // By a reset: an answer that ends with its connection must not look whole.
  const late = setTimeout(() => {
    for (const socket of sockets) socket.resetAndDestroy();
  }, GRACE_MS);
  await closed;
  clearInterval(looking);
  clearTimeout(late);
}

const close = (server: SocketServer | undefined) =>
  new Promise<void>((resolve) => {
    if (server) server.close(() => resolve());
    else resolve();
  });
