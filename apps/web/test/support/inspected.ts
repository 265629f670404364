import { once } from "node:events";
import type { Runtime } from "node:inspector";
import { WebSocket } from "undici";
import type { App } from "./start-app.ts";

/** Given to a host as NODE_OPTIONS: on SIGUSR1 it opens its inspector, at a port of its own. */
export const inspectable = "--inspect-port=127.0.0.1:0";

/** What one thread of a process holds once its garbage is gone, in megabytes, and its open handles. */
export interface Held {
  heap: number;
  /** Memory outside of V8's heap, that of WebAssembly among it. */
  external: number;
  /** How many timers, sockets, ports, channels … there are, by kind. */
  handles: Record<string, number>;
}

/** A connection to the inspector of a process, which sees all its threads. */
export interface Inspected {
  /** By the thread's name: `main`, or the file of a worker. */
  look: () => Promise<Record<string, Held>>;
  close: () => void;
}

type Send = (method: string, params?: object) => Promise<unknown>;

/** Opens a process's inspector (the Chrome DevTools protocol, with Node's domain for workers). */
export async function inspect({ child, output }: App): Promise<Inspected> {
  const told = once(child.stderr ?? child, "data");
  child.kill("SIGUSR1");
  let address = addressIn(output());
  if (!address) {
    await told;
    address = addressIn(output());
  }
  if (!address) throw new Error(`The process did not open its inspector:\n${output()}`);
  const socket = new WebSocket(address);
  await once(socket, "open");

  const threads = new Map<string, Send>();
  const main = protocol((text) => socket.send(text));
  const workers = new Map<string, ReturnType<typeof protocol>>();
  socket.addEventListener("message", ({ data }) => {
    const { method, params } = main.receive(String(data));
    if (method === "NodeWorker.attachedToWorker") {
      const { sessionId, workerInfo } = params;
      const worker = protocol(
        (message) => void main.send("NodeWorker.sendMessageToWorker", { sessionId, message }),
      );
      workers.set(sessionId, worker);
      threads.set(nameOf(workerInfo.url), worker.send);
    } else if (method === "NodeWorker.receivedMessageFromWorker") {
      workers.get(params.sessionId)?.receive(params.message);
    } else if (method === "NodeWorker.detachedFromWorker") {
      workers.delete(params.sessionId);
    }
  });
  threads.set("main", main.send);
  await main.send("NodeWorker.enable", { waitForDebuggerOnStart: false });
  // Workers that run already are told of behind the answer.
  await main.send("Runtime.evaluate", { expression: "0" });

  return {
    look: async () => {
      const held: Record<string, Held> = {};
      for (const [name, send] of threads) held[name] = await heldBy(send);
      return held;
    },
    close: () => socket.close(),
  };
}

const addressIn = (text: string) => /Debugger listening on (ws:\S+)/.exec(text)?.[1];
const nameOf = (url: string) => /([^/]+?)\.\w+$/.exec(url)?.[1] ?? url;

/** Requests and their answers on one connection; what is no answer is given back. */
function protocol(write: (text: string) => void) {
  const waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (e: Error) => void }
  >();
  let last = 0;
  const send: Send = (method, params = {}) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      write(JSON.stringify({ id: last, method, params }));
    });
  return {
    send,
    receive(text: string) {
      const message = JSON.parse(text);
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) asked?.reject(new Error(message.error.message));
      else asked?.resolve(message.result);
      return message;
    },
  };
}

const expression = `(() => {
  const handles = {};
  for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed / 1e6, external: external / 1e6, handles };
})()`;

async function heldBy(send: Send): Promise<Held> {
  // What has a finalizer takes a second collection.
  for (let turn = 0; turn < 3; turn += 1) await send("HeapProfiler.collectGarbage");
  const answer = await send("Runtime.evaluate", { expression, returnByValue: true });
  const { result } = answer as { result: Runtime.RemoteObject };
  return result.value;
}
