import { createServer, type ListenOptions, type Server, type Socket } from "node:net";
import type { PGlite } from "@electric-sql/pglite";
import { Backend } from "./pglite-backend.ts";
import { messageLength, takeFirstPacket, terminate } from "./wire.ts";

/** Far more than a pool opens; a bound all the same. */
const maxConnections = 200;

export interface PgliteServer {
  readonly server: Server;
  /** Has writes that a read-only database refuses answered as ones for which there is no room. */
  sayFull(full: boolean): void;
  /** Ends all connections once the request under way is done. PGlite itself stays open. */
  close(): Promise<void>;
}

/**
 * Serves a PGlite to PostgreSQL clients. It asks for no password: listen only where nobody else can
 * connect.
 *
 * `@electric-sql/pglite-socket` does this too, but hands the backend one message at a time to
 * whoever comes next, so that between the Bind and the Execute of one connection another's Bind can
 * get in, and its rows come out at the wrong end. See `Backend` for how that cannot happen here.
 */
export async function servePglite(pglite: PGlite, listen: ListenOptions): Promise<PgliteServer> {
  const backend = await Backend.start(pglite);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    attach(socket, backend);
  });
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(listen, resolve);
  });
  // An accept that fails (too many open files) must not take the process with it.
  server.on("error", () => {});

  return {
    server,
    sayFull(full) {
      backend.storageFull = full;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await backend.stop();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Cuts what a socket sends into messages and gives them to its session. */
function attach(socket: Socket, backend: Backend): void {
  const session = backend.openSession((piece) => {
    if (!socket.writable) return;
    // The pieces of an answer come one after the other in this turn, and go out together.
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    socket.write(piece);
  });
  let buffer: Buffer = Buffer.alloc(0);
  /** What came since, and how much of it has to be there before it is looked at: a long value comes in many pieces. */
  let pieces: Buffer[] = [];
  let missing = 0;
  let started = false;
  const end = (): void => {
    socket.destroy();
  };

  const read = (): void => {
    while (!started) {
      const first = takeFirstPacket(buffer);
      if (!first) return;
      buffer = first.rest;
      // There is nothing to cancel: a statement holds the thread until it is done.
      if (first.kind === "cancel") throw new Error("Not supported.");
      started = first.kind === "startup";
      // No encryption, on a socket that stays on this machine.
      socket.write(started ? backend.greeting : "N");
    }
    let length = messageLength(buffer);
    for (; length <= buffer.length; length = messageLength(buffer)) {
      const message = buffer.subarray(0, length);
      buffer = buffer.subarray(length);
      if (message[0] === terminate) throw new Error("The client said goodbye.");
      session.receive(message);
    }
    missing = length - buffer.length;
  };

  session.onBroken = end;
  socket.on("error", end);
  socket.on("close", () => session.close());
  socket.on("data", (chunk) => {
    pieces.push(chunk);
    missing -= chunk.length;
    if (missing > 0) return;
    buffer = Buffer.concat([buffer, ...pieces]);
    pieces = [];
    try {
      read();
    } catch {
      end();
    }
  });
}
