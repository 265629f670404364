import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, test, vi } from "vitest";
import { type HostServer, openServer } from "../src/server/open-server.ts";
import { write } from "../src/server/write.ts";

test("told to stop, it lets a request in flight end, and says that it is the last", async () => {
  const server = await openServer({ port: 0, host: "127.0.0.1" });
  const asked: ServerResponse[] = [];
  server.answerWith((_, response) => {
    asked.push(response);
    server.http.emit("asked");
  });
  const ask = async (headers = "") => {
    const socket = connect(portOf(server), "127.0.0.1");
    const arrived = once(server.http, "asked");
    socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
    await arrived;
    let answer = "";
    socket.on("data", (piece) => {
      answer += piece;
    });
    return { answered: once(socket, "close").then(() => answer) };
  };

  const answers = [await ask(), await ask("Expect: 100-continue\r\n")];
  const [begun] = asked;
  begun?.writeHead(200, { "Content-Length": 2 }).flushHeaders();
  const stopped = server.stop();
  for (const response of asked) response.end(response === begun ? "ok" : undefined);
  // The connection of the one that had begun is not its client's to keep, for ten more seconds say.
  await stopped;
  const [first, second] = await Promise.all(answers.map(({ answered }) => answered));
  expect(first).toMatch(/^HTTP\/1.1 200 .*\r\nConnection: keep-alive\r\n.*ok$/s);
  expect(second).toMatch(/^HTTP\/1.1 200 .*\r\nConnection: close\r\n/s);
});

const connectionsOf = (server: HostServer) =>
  new Promise((resolve) => void server.http.getConnections((_, count) => resolve(count)));

const portOf = (server: HostServer) => (server.http.address() as AddressInfo).port;

/** Sends these bytes, and all that comes back until the other end closes. */
async function talk(port: number, host: string, ...pieces: (string | Buffer)[]): Promise<string> {
  const socket = connect(port, host);
  let received = "";
  socket.on("data", (piece) => {
    received += piece;
  });
  for (const piece of pieces) socket.write(piece);
  await once(socket, "close");
  return received;
}

test("localhost is both of its addresses, and connections outlive those that proxies keep", async () => {
  const server = await openServer({ port: 0, host: "loopback" });
  server.answerWith((_, response) => response.end("here"));
  for (const host of ["127.0.0.1", "[::1]"]) {
    const answer = await fetch(`http://${host}:${portOf(server)}/`);
    expect(await answer.text()).toBe("here");
    expect(answer.headers.get("keep-alive")).toBe("timeout=75");
  }
  expect(server.http.timeout).toBe(60_000);
  await server.stop();
});

test("an address that is none of this machine's is a sentence", async () => {
  await expect(openServer({ port: 0, host: "192.0.2.1" })).rejects.toThrow(
    "HOST is 192.0.2.1, which is no address of this machine.",
  );
});

test("who still sends a body hears the refusal, and the connection goes on", async () => {
  const server = await openServer({ port: 0, host: "127.0.0.1" });
  server.answerWith((request, response) => {
    response.writeHead(request.method === "POST" ? 413 : 204).end();
  });
  const megabytes = Buffer.alloc(4_000_000, "x");
  const answers = await talk(
    portOf(server),
    "127.0.0.1",
    `POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${megabytes.length}\r\n\r\n`,
    megabytes,
    "GET /b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
  );
  expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 413", "HTTP/1.1 204"]);
  await server.stop();
});

test.each([
  ["HTTP/1.0", ""],
  ["HTTP/1.1", "Connection: close\r\n"],
])("so does who says by %s that this is the last request", async (version, headers) => {
  const server = await openServer({ port: 0, host: "127.0.0.1" });
  server.answerWith((_, response) => response.writeHead(401, { "Content-Length": 2 }).end("no"));
  const socket = connect({ port: portOf(server), host: "127.0.0.1", allowHalfOpen: true });
  let received = "";
  socket.on("data", (piece) => {
    received += piece;
  });
  const answered = once(socket, "end");
  socket.write(
    `POST /a ${version}\r\nHost: localhost\r\n${headers}Content-Length: 8000000\r\n\r\n`,
  );
  // With the answer in hand it goes on, as proxies do.
  await answered;
  expect(received).toMatch(/^HTTP\/1\.1 401 .*\r\n\r\nno$/s);
  await new Promise<void>((resolve, reject) => {
    socket.write(Buffer.alloc(8_000_000), (error) => (error ? reject(error) : resolve()));
  });
  socket.end();
  await once(socket, "close");
  await server.stop();
});

test("an answer that broke off does not look whole, to HTTP/1.0 neither", async () => {
  const server = await openServer({ port: 0, host: "127.0.0.1" });
  let read = () => {};
  const isRead = new Promise<void>((resolve) => {
    read = resolve;
  });
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.from("half of it")),
    pull: () => isRead.then(() => Promise.reject(new Error("The database is gone."))),
  });
  server.answerWith((_, response) => write({ status: 200, headers: {}, body }, response));
  const socket = connect(portOf(server), "127.0.0.1");
  socket.write("GET /a HTTP/1.0\r\n\r\n");
  await once(socket, "data");
  read();
  await expect(once(socket, "close")).rejects.toThrow("ECONNRESET");
  await server.stop();
});

test("who sends without end is cut off, after the answer", async () => {
  const server = await openServer({ port: 0, host: "127.0.0.1" });
  server.answerWith((_, response) => response.writeHead(413).end());
  const socket = connect(portOf(server), "127.0.0.1");
  let received = "";
  socket.on("data", (piece) => {
    received += piece;
  });
  socket.on("error", () => {});
  socket.write("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999999\r\n\r\n");
  const megabyte = Buffer.alloc(1_000_000);
  const more = () => socket.destroyed || socket.write(megabyte, () => setImmediate(more));
  more();
  await new Promise((resolve) => socket.once("close", resolve));
  expect(received).toMatch(/^HTTP\/1\.1 413/);
  await server.stop();
});

test.each([
  "//api/x",
  "/api//x",
  "/api/./x",
  "/api/../x",
  "/api/..",
  "/api/%2e%2E/x",
  "/api/.%2e",
  "/api\\x",
  "/api/a%2Fb",
  "/api/a%5cb",
  "http://localhost/api",
  "*",
])("the path %s reaches nobody", async (path) => {
  const server = await openServer({ port: 0, host: "127.0.0.1" });
  server.answerWith((_, response) => response.writeHead(204).end());
  const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  expect(await talk(portOf(server), "127.0.0.1", request)).toMatch(/^HTTP\/1\.1 400/);
  const plain = request.replace(path, "/api/a..b/.c?/../");
  expect(await talk(portOf(server), "127.0.0.1", plain)).toMatch(/^HTTP\/1\.1 204/);
  await server.stop();
});

test("requests that are pipelined are answered in turn, and not begun once their connection has ended", async () => {
  const server = await openServer({ port: 0, host: "127.0.0.1" });
  const begun: ServerResponse[] = [];
  server.answerWith((_, response) => {
    begun.push(response);
    server.http.emit("begun");
  });
  const socket = connect(portOf(server), "127.0.0.1");
  const first = once(server.http, "begun");
  socket.resume().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(3));
  await first;
  expect(begun).toHaveLength(1);
  begun[0]?.end();
  await vi.waitFor(() => expect(begun).toHaveLength(2));
  const told = begun[1] && once(begun[1], "close");
  socket.destroy();
  // The one that was begun hears of it.
  await told;
  await server.stop();
  expect(begun).toHaveLength(2);
});

test("what a listener rejects with ends its connection alone", async () => {
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const server = await openServer({ port: 0, host: "127.0.0.1" });
  server.answerWith(async ({ url }, response) => {
    if (url === "/bad") throw new Error("Nobody expected this.");
    response.end("here");
  });
  await expect(fetch(`http://127.0.0.1:${portOf(server)}/bad`)).rejects.toThrow("fetch failed");
  expect(await (await fetch(`http://127.0.0.1:${portOf(server)}/`)).text()).toBe("here");
  expect(said.mock.calls.join()).toContain("Nobody expected this.");
  said.mockRestore();
  await server.stop();
});

test("whoever leaves in the middle of a body that nobody wants leaves nothing behind", async () => {
  const server = await openServer({ port: 0, host: "127.0.0.1" });
  server.answerWith((_, response) => response.writeHead(401).end());
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const socket = connect(portOf(server), "127.0.0.1");
  socket.write("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{");
  await once(socket, "data");
  expect(vi.getTimerCount()).toBe(1);
  socket.destroy();
  await vi.waitFor(async () => expect(await connectionsOf(server)).toBe(0));
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  await server.stop();
});
