import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { refuse } from "@taskbridge/api";
import { apiListener, type HostServer, openServer } from "@taskbridge/host/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findProgram, proxies, startProxy } from "./support/compressing-proxies.ts";

// A host that refuses a body before it reads it, behind proxies as they come.

let server: HostServer;
let port: number;
beforeAll(async () => {
  server = await openServer({ port: 0, host: "127.0.0.1" });
  ({ port } = server.http.address() as AddressInfo);
  const handle = async ({ method }: { method: string }) =>
    method === "GET"
      ? refuse("route_not_found", "There is nothing here.")
      : refuse("body_too_large", "The body is too large.");
  server.answerWith(apiListener(handle, { baseUrl: "http://localhost:3000" }));
});
afterAll(() => server.stop());

/** Sends megabytes, framed by their length or in chunks. */
async function send(url: string, isChunked: boolean) {
  const piece = Buffer.alloc(64 * 1024);
  const pieces = Array.from({ length: 128 }, () => piece);
  const headers = isChunked ? {} : { "Content-Length": piece.length * pieces.length };
  const sent = request(url, { method: "POST", agent: false, headers });
  // The answer may come before all is sent.
  sent.on("error", () => {});
  Readable.from(pieces).pipe(sent);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  return { status: answer.statusCode, body: await text(answer) };
}

for (const name of Object.keys(proxies)) {
  // nginx and HAProxy are on CI's machine; more is a gift.
  describe.skipIf(!findProgram(name))(`behind ${name}`, () => {
    let proxy: Awaited<ReturnType<typeof startProxy>>;
    beforeAll(async () => {
      proxy = await startProxy(name, `http://127.0.0.1:${port}`);
    });
    afterAll(() => proxy.stop());

    test.each([false, true])("the client sees our refusal (in chunks: %s)", async (isChunked) => {
      for (let turn = 0; turn < 5; turn += 1) {
        const { status, body } = await send(proxy.url, isChunked);
        expect(status).toBe(413);
        expect(JSON.parse(body)).toMatchObject({ code: "body_too_large" });
      }
    });
  });
}
