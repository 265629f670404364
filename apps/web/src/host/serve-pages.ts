import { once } from "node:events";
import { createServer } from "node:http";
import { type MessagePort, parentPort } from "node:worker_threads";
import { captureConsole, hearing } from "@taskbridge/host/server";
import { services } from "../services.ts";
import { openPages } from "./pages.ts";
import type { Begin } from "./told.ts";

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

/** Tells the main thread that this one is there. Resolves when this one is told to stop. */
function answerPings(port: MessagePort): Promise<void> {
  return new Promise((resolve) => {
    port.on("message", (word: "ping" | "stop") =>
      word === "ping" ? port.postMessage("alive") : resolve(),
    );
  });
}
