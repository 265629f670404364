import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, test } from "vitest";
import { openServer } from "../src/server/open-server.ts";

test("told to stop, it lets a request in flight end, and says that the next one is the last", async () => {
  const server = await openServer({ port: 0, host: "127.0.0.1" });
  const asked: ServerResponse[] = [];
  server.answerWith((_, response) => {
    asked.push(response);
    server.http.emit("asked");
  });
  const socket = connect((server.http.address() as AddressInfo).port, "127.0.0.1");
  const ask = async (headers = "") => {
    const arrived = once(server.http, "asked");
    socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
    await arrived;
  };
  const answer = async () => {
    const answered = once(socket, "data");
    asked.pop()?.writeHead(204).end();
    return String(await answered);
  };

  await ask();
  const stopped = server.stop();
  expect(await answer()).toMatch(/^HTTP\/1.1 204 .*\r\nConnection: keep-alive\r\n/s);
  const closed = once(socket, "close");
  await ask("Expect: 100-continue\r\n");
  expect(await answer()).toMatch(/^HTTP\/1.1 204 .*\r\nConnection: close\r\n/s);
  await Promise.all([closed, stopped]);
});
