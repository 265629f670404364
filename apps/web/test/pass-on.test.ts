import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { apiListener, openServer } from "@taskbridge/host/server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { passingOn } from "../src/pass-on.ts";
import { freePort } from "./support/start-app.ts";

// A host that passes on, as it listens, before a server that says what each test wants.
type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;
let answer: Answer;
const asked: IncomingMessage[] = [];
const upstream = createServer((request, response) => {
  asked.push(request);
  void answer(request, response);
});
let url: string;
let port: number;
let close: () => Promise<unknown>;

beforeAll(async () => {
  await once(upstream.listen(0, "127.0.0.1"), "listening");
  const { port: behind } = upstream.address() as AddressInfo;
  const api = passingOn(`http://127.0.0.1:${behind}`);
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const server = await openServer({ port, host: "loopback" });
  server.answerWith(apiListener(api.handle, { baseUrl: url }));
  close = async () => {
    server.http.closeAllConnections();
    await server.stop();
    await api.close();
    upstream.closeAllConnections();
    upstream.close();
  };
});
afterAll(() => close());
beforeEach(() => {
  asked.length = 0;
  answer = (_, response) => response.end("{}");
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Sends these bytes and returns all that comes back until the connection ends. */
async function raw(text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let said = "";
  socket.on("data", (chunk) => {
    said += chunk;
  });
  socket.write(text);
  await once(socket, "close");
  return said;
}

test("headers are kept both ways, but for those of one connection and of the login session", async () => {
  answer = (_, response) =>
    response
      .writeHead(207, {
        ETag: '"7"',
        "X-Several": ["a", "b"],
        "Set-Cookie": "session=stolen",
        "Keep-Alive": "timeout=99",
        Trailer: "X-Late",
      })
      .end("{}");
  const said = await raw(
    `${[
      "GET /api/Ada%20L/tasks?q=%2F..&q=b HTTP/1.1",
      "Host: tasks.example.com",
      "Authorization: Bearer x",
      "X-Named: hop",
      "X-Kept: \xe9nd",
      "TE: trailers",
      "Keep-Alive: timeout=5",
      "Proxy-Authorization: Basic eA==",
      "Cookie: better-auth.session_token=x",
      "Connection: close, X-Named",
    ].join("\r\n")}\r\n\r\n`,
  );
  const [request] = asked;
  expect([request?.method, request?.url]).toEqual(["GET", "/api/Ada%20L/tasks?q=%2F..&q=b"]);
  expect(request?.headers).toEqual({
    host: "tasks.example.com",
    connection: "keep-alive",
    authorization: "Bearer x",
    "x-kept": expect.stringMatching(/nd$/),
    "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(said).toMatch(/^HTTP\/1.1 207 /);
  expect(said).toMatch(/\r\netag: "7"\r\n/i);
  expect(said).toMatch(/\r\nx-several: a, b\r\n/i);
  expect(said).not.toMatch(/stolen|timeout=99|X-Late/i);
});

test("a request keeps its id, and one without is given one", async () => {
  await fetch(url, { headers: { "X-Request-Id": "mine-1" } });
  await fetch(url, { headers: { "X-Request-Id": "not/one" } });
  const [first, second] = asked.map(({ headers }) => headers["x-request-id"]);
  expect(first).toBe("mine-1");
  expect(second).toMatch(/^[0-9a-f-]{36}$/);
});

test("bodies go both ways as they come, and whole", async () => {
  // Each part is sent when the part before has come back.
  answer = async (request, response) => {
    response.writeHead(200);
    for await (const chunk of request) response.write(chunk);
    response.end();
  };
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const sent = writable.getWriter();
  await Promise.all([
    sent.write(Buffer.from("0")),
    (async () => {
      const init = { method: "POST", body: readable, duplex: "half" };
      const { body } = await fetch(url, init);
      const back = (body as ReadableStream<Uint8Array>).getReader();
      for (let part = 0; part < 50; part += 1) {
        expect(String(Buffer.from((await back.read()).value ?? []))).toBe(String(part));
        if (part < 49) await sent.write(Buffer.from(String(part + 1)));
      }
      await sent.close();
      expect((await back.read()).done).toBe(true);
    })(),
  ]);
  const long = "é".repeat(1_000_000);
  expect(await (await fetch(url, { method: "POST", body: long })).text()).toBe(long);
});

test("what has no body has none", async () => {
  answer = (request, response) => {
    response.writeHead(request.url === "/304" ? 304 : 204, { ETag: '"1"' }).end();
  };
  for (const [path, status] of [
    ["/204", 204],
    ["/304", 304],
  ] as const) {
    const response = await fetch(url + path);
    expect([response.status, await response.text()]).toEqual([status, ""]);
    expect(response.headers.get("etag")).toBe('"1"');
  }
  answer = (_, response) => response.writeHead(200, { "Content-Length": 5 }).end();
  // The connection is kept, and what comes next on it answered.
  const said = await raw(
    "HEAD / HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  );
  expect(said.match(/^HTTP\/1\.1 200 .*$/gm)).toHaveLength(2);
  expect(said.match(/^content-length: 5\r$/gim)).toHaveLength(2);
});

test("who goes away ends the request behind, before and while it is answered", async () => {
  answer = (request, response) => {
    if (request.url === "/answering") response.writeHead(200).write("part");
  };
  for (const path of ["/waiting", "/answering"]) {
    const reached = once(upstream, "request");
    const socket = connect(port, "127.0.0.1");
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
    const [, response] = await reached;
    const ended = once(response, "close");
    if (path === "/answering") await once(socket, "data");
    socket.destroy();
    await ended;
    expect(response.writableFinished).toBe(false);
  }
});

test.each([
  ["a length", "Content-Length: 35", "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"],
  [
    "chunks",
    "Transfer-Encoding: chunked",
    "23\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n\r\n0\r\n\r\n",
  ],
])(
  "a GET that announces a body by %s is refused here, and no request made of it",
  async (_, header, body) => {
    const said = await raw(
      `GET /api/x/tasks HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${header}\r\n\r\n${body}`,
    );
    expect(said).toMatch(/^HTTP\/1.1 400 /);
    expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(said).toContain('"code":"malformed_request"');
    expect(asked).toEqual([]);
  },
);

test.each([
  ["both framings", "Content-Length: 5\r\nTransfer-Encoding: chunked"],
  ["two lengths", "Content-Length: 5\r\nContent-Length: 6"],
  ["a coding that is none", "Transfer-Encoding: xchunked"],
  ["a blank before the colon", "Transfer-Encoding : chunked"],
])("%s do not get past this host", async (_, headers) => {
  const said = await raw(`POST / HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n0\r\n\r\nGET /x`);
  expect(said).toMatch(/^HTTP\/1.1 400 /);
  expect(asked).toEqual([]);
});

test("a GET whose body is announced by chunks and empty is passed on without one", async () => {
  answer = (_, response) => response.writeHead(204).end();
  const said = await raw(
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  );
  expect(said).toMatch(/^HTTP\/1.1 204 /);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers).not.toHaveProperty("transfer-encoding");
});

test("what the other end refuses before it is read is told", async () => {
  answer = (_, response) => response.writeHead(413).end('{"code":"body_too_large"}');
  const body = "x".repeat(4_000_000);
  const said = await raw(
    `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  expect(said).toMatch(/^HTTP\/1.1 413 /);
  expect(said).toContain("body_too_large");
});

test.each([
  [
    "ends the connection without an answer",
    (_: IncomingMessage, response: ServerResponse) => response.destroy(),
  ],
  [
    "answers what is no HTTP",
    (_: IncomingMessage, response: ServerResponse) => response.socket?.end("What?\r\n\r\n"),
  ],
])(
  "when the other end %s, both doors say 503 in their words, and the log says why",
  async (_, failing) => {
    const log = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    answer = failing;
    const init = { headers: { "X-Request-Id": "mine-2" } };
    const rest = await fetch(`${url}/api/x/tasks`, init);
    expect([rest.status, rest.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(rest.headers.get("content-type")).toBe("application/problem+json");
    expect(await rest.json()).toMatchObject({ code: "unavailable", requestId: "mine-2" });
    const trpc = await fetch(`${url}/api/trpc/task.list`, init);
    expect(trpc.status).toBe(503);
    expect((await trpc.json()).error.data).toMatchObject({ code: "unavailable", httpStatus: 503 });
    const lines = log.mock.calls.map(([line]) => JSON.parse(String(line)));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ level: "error", requestId: "mine-2", path: "/api/x/tasks" });

    answer = (_request, response) => response.end("{}");
    expect((await fetch(`${url}/api/x/tasks`)).status).toBe(200);
  },
);
