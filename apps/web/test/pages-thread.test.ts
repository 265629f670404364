import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { type PagesThread, startPagesThread } from "../src/host/pages-thread.ts";

/** As the pages' thread, with an address that makes it loop and one that ends it. */
const script = `
  const { createServer } = require("node:http");
  const { parentPort, threadId } = require("node:worker_threads");
  parentPort.once("message", ({ socket }) => {
    createServer((request, response) => {
      if (request.url === "/loop") for (;;);
      if (request.url === "/end") process.exit(1);
      for (const all = []; request.url === "/eat"; ) all.push(new Array(1e5).fill(request.url + all.length));
      if (request.url === "/half") return response.write("half", () => process.exit(1));
      response.end(String(threadId));
    }).listen(socket, () => {
      parentPort.on("message", (word) => word === "ping" ? parentPort.postMessage("alive") : process.exit());
      parentPort.postMessage("serves");
    });
  });`;

async function served() {
  const pages: PagesThread = startPagesThread(
    () => new Worker(script, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 64 } }),
  );
  const where = { baseUrl: "http://localhost:3000" };
  const listener = await pages.serve({ databaseUrl: "", apiUrl: "" }, where);
  const server = createServer((request, response) => void listener(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(async () => {
    await pages.stop();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const ask = async (path: string) => {
    const asked = get({ port, host: "127.0.0.1", path, agent: false });
    // What comes after the answer has begun is heard of by who reads that.
    asked.on("error", () => {});
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    return { status: answer.statusCode, body: await text(answer), headers: answer.headers };
  };
  /** Asks until it is answered again. */
  const again = async () => {
    for (;;) {
      const answer = await ask("/");
      if (answer.status === 200) return answer;
      expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "2" } });
    }
  };
  return { pages, ask, again };
}

test.each([
  ["that ended", "/end"],
  ["without memory", "/eat"],
])("a thread %s is replaced, and who asked it is told to come back", async (_, path) => {
  const { pages, ask, again } = await served();
  const { body: first } = await ask("/");
  expect(pages.serves()).toBe(true);
  expect(await ask(path)).toMatchObject({ status: 503, headers: { "retry-after": "2" } });
  expect((await again()).body).not.toBe(first);
  expect(pages.serves()).toBe(true);
});

test("half an answer of a thread that ended does not look whole", async () => {
  const { ask } = await served();
  await expect(ask("/half")).rejects.toThrow(/aborted|ECONNRESET/);
});

test("a thread in a loop is noticed and replaced", { timeout: 60_000 }, async () => {
  const { pages, ask, again } = await served();
  const stuck = ask("/loop");
  await expect.poll(pages.serves, { timeout: 30_000 }).toBe(false);
  expect((await stuck).status).toBe(503);
  await again();
  expect(pages.serves()).toBe(true);
});

test("a thread in a loop can be stopped", { timeout: 60_000 }, async () => {
  const { pages, ask } = await served();
  const stuck = ask("/loop").catch(() => {});
  await new Promise(setImmediate);
  const since = performance.now();
  await pages.stop();
  expect(performance.now() - since).toBeLessThan(15_000);
  await stuck;
});
