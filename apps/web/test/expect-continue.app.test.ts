import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { appUrl, type Person, signUp } from "./support/http.ts";

/** Sends the head of a POST and keeps its body back; returns what the app says to that, and the rest. */
async function announce({ id, token }: Person, length: number) {
  const socket = connect(Number(new URL(appUrl()).port), "127.0.0.1");
  socket.write(`POST /api/${id}/tasks HTTP/1.1\r\nHost: localhost\r\n`);
  socket.write(`Authorization: Bearer ${token}\r\nContent-Type: application/json\r\n`);
  socket.write(`Content-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`);
  const [first] = await once(socket, "data");
  return { first: String(first), socket };
}

test("a body that is wanted is asked for, and the connection is kept", async () => {
  const ada = await signUp();
  const body = '{"title":"Expected"}';
  const { first, socket } = await announce(ada, body.length);
  expect(first).toBe("HTTP/1.1 100 Continue\r\n\r\n");
  socket.write(body);
  const [answer] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1.1 201 /);
  expect(String(answer)).toMatch(/\r\nConnection: keep-alive\r\n/i);
  socket.destroy();
});

test.each([
  ["one that is too long", 300_000, {}, 413],
  ["one that comes with a bad token", 20, { token: "bad" }, 401],
  ["one for another user's tasks", 20, { id: "somebody-else" }, 403],
])("%s is refused before it is sent, and the connection closed", async (_, length, as, status) => {
  const { first, socket } = await announce({ ...(await signUp()), ...as }, length);
  expect(first.split(" ")[1]).toBe(String(status));
  expect(first).toMatch(/\r\nConnection: close\r\n/i);
  socket.destroy();
});
