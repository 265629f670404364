import { expect, test } from "vitest";
import { CallsInFlight, type EndTurn, untilEnd, untilRead } from "../src/calls-in-flight.ts";

const code = "too_many_calls_at_once";

test("a user's calls beyond the bound wait in the order in which they came", async () => {
  const calls = new CallsInFlight({ most: 2 });
  const first = calls.begin("ada") as EndTurn;
  const second = calls.begin("ada") as EndTurn;
  const begun: number[] = [];
  const waiting = [1, 2, 3].map(async (n) => {
    const end = await calls.begin("ada");
    begun.push(n);
    end();
  });
  expect(typeof calls.begin("bob")).toBe("function");
  expect(begun).toEqual([]);
  first();
  await Promise.all(waiting);
  expect(begun).toEqual([1, 2, 3]);
  second();
});

test("a turn that is ended twice makes room once", async () => {
  const calls = new CallsInFlight({ most: 1, waitMs: 5 });
  const end = calls.begin("ada") as EndTurn;
  end();
  end();
  calls.begin("ada");
  await expect(calls.begin("ada")).rejects.toMatchObject({ code });
});

test("who waits too long, or behind too many, or goes away, is not begun", async () => {
  const calls = new CallsInFlight({ most: 1, waiting: 2, waitMs: 20 });
  const end = calls.begin("ada") as EndTurn;
  const gone = new AbortController();
  const leaving = calls.begin("ada", () => gone.signal);
  const late = calls.begin("ada");
  await expect(calls.begin("ada")).rejects.toMatchObject({
    code,
    headers: { "Retry-After": "1" },
  });
  gone.abort();
  await expect(leaving).rejects.toMatchObject({ code });
  await expect(late).rejects.toMatchObject({ code });
  end();
  expect(typeof calls.begin("ada")).toBe("function");
});

async function* letters() {
  yield "a";
  yield "b";
}

test("a stream's turn lasts until it is read, fails or is left, also before it began", async () => {
  let ended = 0;
  const end = () => {
    ended += 1;
  };
  const pieces: string[] = [];
  for await (const piece of untilEnd(letters(), end)) pieces.push(piece);
  expect([pieces, ended]).toEqual([["a", "b"], 1]);
  await untilEnd(letters(), end).return();
  expect(ended).toBe(2);
  async function* failing() {
    yield "a";
    throw new Error("no more");
  }
  const broken = untilEnd(failing(), end);
  await broken.next();
  await expect(broken.next()).rejects.toThrow("no more");
  expect(ended).toBe(3);
  const body = () => new Response("text").body as ReadableStream<Uint8Array>;
  expect(await new Response(untilRead(body(), end)).text()).toBe("text");
  await untilRead(body(), end).cancel();
  expect(ended).toBe(5);
});
