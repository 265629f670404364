import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiListener } from "../src/server/listener.ts";

/** Says at which address it was asked. */
const server = createServer(
  apiListener(async (_, url) => ({ status: 200, headers: {}, body: url.href })) as never,
);
beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
afterAll(() => void server.close());

async function askAs(host: string) {
  const { port } = server.address() as AddressInfo;
  const asked = get({ port, host: "127.0.0.1", path: "/api/a/../b?c", headers: { host } });
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return { status: answer.statusCode, body: await text(answer) };
}

test.each(["localhost", "tasks.example.com:3000", "[::1]:3000"])("the host %s", async (host) => {
  expect(await askAs(host)).toEqual({ status: 200, body: `http://${host}/api/b?c` });
});

test.each(["x:99999", "a b", "x@y", "999.999.999.999"])("the host %s is none", async (host) => {
  const { status, body } = await askAs(host);
  expect(status).toBe(400);
  expect(JSON.parse(body).code).toBe("malformed_request");
});
