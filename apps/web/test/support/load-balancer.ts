import { once } from "node:events";
import { createServer, request } from "node:http";

/** Hands each request to the next of its targets, as a reverse proxy before several processes does. */
export async function loadBalancer(port: number) {
  const targets: string[] = [];
  const busy = new Map<string, Set<Promise<unknown>>>();
  let turn = 0;

  const server = createServer((incoming, answer) => {
    turn += 1;
    const target = targets[turn % targets.length] ?? "";
    const { url: path = "", method, headers } = incoming;
    // No connection is kept: one that a process closes as it stops could swallow a request.
    const outgoing = request(new URL(path, target), { method, headers, agent: false });
    incoming.pipe(outgoing);
    outgoing.on("response", (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    outgoing.on("error", () =>
      answer.headersSent ? answer.destroy() : answer.writeHead(502).end(),
    );
    const under = busy.get(target) ?? new Set();
    busy.set(target, under);
    const done = once(answer, "close").finally(() => under.delete(done));
    under.add(done);
  });
  await once(server.listen(port), "listening");

  return {
    url: `http://localhost:${port}`,
    add: (target: string) => void targets.push(target),
    /** Sends nothing more there, and resolves when all that was sent is answered. */
    async drain(target: string) {
      targets.splice(targets.indexOf(target), 1);
      await Promise.all(busy.get(target) ?? []);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
