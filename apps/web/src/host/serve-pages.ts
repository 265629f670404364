import { once } from "node:events";
import { writeSync } from "node:fs";
import { createServer } from "node:http";
import { type MessagePort, parentPort } from "node:worker_threads";
import { captureConsole, hearing } from "@taskbridge/host/server";
import { services } from "../services.ts";
import { openPages } from "./pages.ts";
import { type Begin, PING_MS } from "./told.ts";

/** So many pings that should have come and did not: the main thread hears nothing any more, no signal either. */
const MISSED_PINGS = 4;

/** In the pages' thread: serves from when it is told to until it is told to stop. See `startPagesThread`. */
export async function servePages(): Promise<void> {
  if (!parentPort) throw new TypeError("The pages have a thread of their own.");
  const [{ told, socket }] = (await once(parentPort, "message")) as [Begin];
  const { close } = await services(told);
  // Next is given a server that nobody reaches: it has no socket for development here.
  const answer = await openPages({ dev: false, httpServer: createServer() });
  captureConsole();
  // The other end is ours: it decides how long to wait, and how long connections are kept.
  const server = createServer(
    { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 },
    hearing(answer),
  );
  server.listen(socket);
  await once(server, "listening");

  const toldToStop = answerPings(parentPort);
  parentPort.postMessage("serves");
  await toldToStop;
  server.close();
  server.closeAllConnections();
  await close();
  // What libraries still wait for must not keep it.
  process.exit();
}

/**
 * Tells the main thread that this one is there, and ends the process where that one is not: it could not
 * even be told to stop. Resolves when this one is told to.
 */
function answerPings(port: MessagePort): Promise<void> {
  return new Promise((resolve) => {
    let missed = 0;
    const timer = setInterval(() => {
      missed += 1;
      if (missed <= MISSED_PINGS) return;
      // Whatever else is written here goes through the main thread.
      writeSync(2, "The process ends: its main thread does not answer any more.\n");
      process.kill(process.pid, "SIGKILL");
    }, PING_MS);
    port.on("message", (word: "ping" | "stop") => {
      missed = 0;
      if (word === "ping") return port.postMessage("alive");
      clearInterval(timer);
      resolve();
    });
  });
}
