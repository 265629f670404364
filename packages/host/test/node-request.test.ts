import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import type { ApiRequest } from "@taskbridge/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiHeaders } from "../src/headers.ts";
import type { Handle } from "../src/responding.ts";
import { apiListener, requestListener } from "../src/server/listener.ts";
import { NodeRequest } from "../src/server/node-request.ts";

const where = { baseUrl: "http://localhost:3000" };
/** Says at which address it was asked. */
const handle: Handle = async (_, url) => ({ status: 200, headers: {}, body: url.href });
const server = createServer(apiListener(handle, where) as never);
const ofRequests = createServer(requestListener(handle, where) as never);
const servers = [server, ofRequests];
beforeAll(() => Promise.all(servers.map((each) => once(each.listen(0, "127.0.0.1"), "listening"))));
afterAll(() => servers.forEach((each) => void each.close()));

/** Each name as often as it was written. */
const written = ({ rawHeaders }: IncomingMessage) =>
  rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());

async function askAs(host: string, of = server) {
  const { port } = of.address() as AddressInfo;
  const asked = get({ port, host: "127.0.0.1", path: "/api/a/../b?c", headers: { host } });
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return { status: answer.statusCode, body: await text(answer), names: written(answer) };
}

test.each(["localhost", "tasks.example.com:3000", "[::1]:3000"])("the host %s", async (host) => {
  expect(await askAs(host)).toMatchObject({ status: 200, body: `http://${host}/api/b?c` });
});

test.each(["x:99999", "a b", "x@y", "999.999.999.999"])("the host %s is none", async (host) => {
  for (const each of servers) {
    const { status, body, names } = await askAs(host, each);
    expect(status).toBe(400);
    expect(JSON.parse(body).code).toBe("malformed_request");
    const guards = Object.keys(apiHeaders(where)).map((name) => name.toLowerCase());
    expect(names).toEqual(expect.arrayContaining(guards));
    expect(new Set(names).size).toBe(names.length);
  }
});

test.each([
  ["sent to its end", "}"],
  ["cut off", ""],
])("a body that is cancelled and then %s is nobody's error", async (_, rest) => {
  const reader = createServer(
    apiListener(async (request) => {
      await request.body?.cancel();
      reader.emit("cancelled");
      return { status: 204, headers: {}, body: null };
    }, where) as never,
  );
  await once(reader.listen(0, "127.0.0.1"), "listening");
  const socket = connect((reader.address() as AddressInfo).port, "127.0.0.1");
  const [cancelled, closed] = [once(reader, "cancelled"), once(socket, "close")];
  socket.resume().write("POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{");
  await cancelled;
  socket.end(rest);
  await closed;
  // An error that nobody hears of would end the process, and fails this run.
  reader.close();
  await once(reader, "close");
});

test.each([
  ["at once", (request: ApiRequest) => request.readBody?.(() => {})],
  ["as a stream", (request: ApiRequest) => text(request.body as never)],
])("a body that is read %s after its connection has ended is cut off", async (_, read) => {
  let end = (_: unknown) => {};
  const ended = new Promise((resolve) => {
    end = resolve;
  });
  const reader = createServer(
    apiListener(async (request) => {
      reader.emit("asked");
      await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
      end(read(request));
      return { status: 204, headers: {}, body: null };
    }, where) as never,
  );
  await once(reader.listen(0, "127.0.0.1"), "listening");
  const socket = connect((reader.address() as AddressInfo).port, "127.0.0.1");
  const asked = once(reader, "asked");
  socket.write("POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{");
  await asked;
  socket.destroy();
  await expect(ended).rejects.toThrow("The body was cut off.");
  reader.close();
});

test("whoever has gone before anybody asked is known to have gone", async () => {
  const reader = createServer((incoming, outgoing) => {
    const request = NodeRequest.of(incoming, outgoing);
    outgoing.once("close", () => reader.emit("gone", request?.signal.aborted));
    reader.emit("asked");
  });
  await once(reader.listen(0, "127.0.0.1"), "listening");
  const socket = connect((reader.address() as AddressInfo).port, "127.0.0.1");
  const [asked, gone] = [once(reader, "asked"), once(reader, "gone")];
  socket.write("GET /api/x HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await asked;
  socket.destroy();
  expect(await gone).toEqual([true]);
  reader.close();
});
