import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { write } from "../src/server/write.ts";

const PIECES = 64;
const piece = new Uint8Array(1_000_000);
let made = 0;
const server = createServer((_, response) => {
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (made === PIECES) return controller.close();
        made += 1;
        controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
  void write({ status: 200, headers: {}, body }, response);
});
beforeAll(() => once(server.listen(0), "listening"));
afterAll(() => server.close());

/** Resolves once nothing more was made for many turns of the event loop. */
async function madeAtLast(): Promise<number> {
  for (;;) {
    const before = made;
    for (let turn = 0; turn < 1_000; turn += 1) await new Promise(setImmediate);
    if (made === before) return made;
  }
}

test("a reader who takes nothing makes the text wait, and gets all of it in the end", async () => {
  const request = get({ port: (server.address() as AddressInfo).port });
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  // The system holds some megabytes of it between the two sockets.
  expect(await madeAtLast()).toBeLessThan(PIECES / 2);
  let bytes = 0;
  for await (const part of answer) bytes += part.length;
  expect(bytes).toBe(PIECES * piece.length);
  expect(made).toBe(PIECES);
});

test("whoever has gone before the answer was made leaves nothing at work", async () => {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const late = createServer((_, response) => {
    const body = new ReadableStream<Uint8Array>({ cancel: end }, { highWaterMark: 0 });
    response.once("close", () =>
      setImmediate(() => write({ status: 200, headers: {}, body }, response)),
    );
    late.emit("asked");
  });
  await once(late.listen(0), "listening");
  const asked = once(late, "asked");
  const request = get({ port: (late.address() as AddressInfo).port }).on("error", () => {});
  await asked;
  request.destroy();
  await ended;
  late.close();
});
