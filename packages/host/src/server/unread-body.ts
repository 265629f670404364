import type { IncomingMessage, ServerResponse } from "node:http";

/** How much of a body that nobody wants is read, and for how long. */
const DROPPED_BYTES = 32 * 1024 * 1024;
const DROPPING_MS = 10_000;
const LOOK_MS = 250;

/**
 * RFC 9112 §9.6: a server that closes while the client still sends may have its answer lost on the way, and
 * a proxy's client sees a 502 then. So what is left of a body once the answer is out is read and dropped, and
 * where the connection ends with the answer, only its sending half does until then. Too much ends all of it.
 */
export function dropUnreadBody(request: IncomingMessage, response: ServerResponse): void {
  // Before Node's own listener, which ends the connection.
  response.prependOnceListener("finish", () => {
    if (request.complete || request.destroyed) return;
    const { socket } = request;
    let ending = false;
    socket.destroySoon = () => {
      ending = true;
      socket.end();
    };
    const before = socket.bytesRead;
    const until = performance.now() + DROPPING_MS;
    const timer = setInterval(() => {
      const enough = socket.bytesRead - before > DROPPED_BYTES || performance.now() > until;
      if (enough) socket.destroy();
      // Node does not tell a request that was answered of the end of its connection.
      if (socket.destroyed) clearInterval(timer);
    }, LOOK_MS).unref();
    // Who has begun to read it may have it paused.
    request.removeAllListeners("data").resume();
    request.once("close", () => {
      clearInterval(timer);
      // The class has its own again.
      Reflect.deleteProperty(socket, "destroySoon");
      if (ending) socket.destroySoon();
    });
  });
}
