import { EventEmitter, once } from "node:events";
import { expect, test } from "vitest";
import type { Reply } from "../src/reply.ts";
import { streamedText } from "../src/rest/streamed-text.ts";

/** A text whose third piece comes, or fails, when it is told to; `asked` says that it is waited for. */
function slowText() {
  const told = new EventEmitter();
  const asked = once(told, "asked");
  async function* pieces() {
    yield "first";
    yield "second";
    const answer = once(told, "come");
    told.emit("asked");
    await answer;
    yield "third";
  }
  return {
    text: pieces(),
    asked,
    come: () => told.emit("come"),
    fail: (e: Error) => told.emit("error", e),
  };
}

async function readTwo({ body }: Reply) {
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  for (const piece of ["first", "second"]) {
    expect(new TextDecoder().decode((await reader.read()).value)).toBe(piece);
  }
  return reader;
}

test.each(["comes", "fails"] as const)(
  "a reader that goes away is no failure, when the next piece %s after that",
  async (end) => {
    const reported: unknown[] = [];
    const { text, asked, come, fail } = slowText();
    const reader = await readTwo(
      await streamedText({ text, format: "csv" }, (error) => reported.push(error)),
    );
    const waiting = reader.read();
    await asked;
    const cancelled = reader.cancel();
    if (end === "comes") come();
    else fail(new Error("late"));
    expect(await waiting).toEqual({ value: undefined, done: true });
    await cancelled.catch(() => {});
    expect(reported).toEqual([]);
  },
);

test("what fails for a reader that is there breaks the text off, and is reported", async () => {
  const reported: unknown[] = [];
  const { text, asked, fail } = slowText();
  const reader = await readTwo(
    await streamedText({ text, format: "json" }, (error) => reported.push(error)),
  );
  const cause = new Error("The database went away.");
  const waiting = reader.read();
  await asked;
  fail(cause);
  await expect(waiting).rejects.toThrow("The export broke off.");
  expect(reported).toEqual([cause]);
});

test("no third piece is asked for before somebody takes it", async () => {
  let made = 0;
  async function* pieces() {
    for (;;) yield `piece ${++made}`;
  }
  const { body } = await streamedText({ text: pieces(), format: "csv" }, () => {});
  // What fails before the second can still be answered as a failure, so that they are made.
  expect(made).toBe(2);
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  for (const taken of [1, 2, 3, 4]) {
    await reader.read();
    await new Promise(setImmediate);
    expect(made).toBe(Math.max(taken, 2));
  }
  await reader.cancel();
});

test.each([1, 2])(
  "what fails at piece %i is a failure, not the beginning of a file",
  async (at) => {
    async function* pieces() {
      for (let piece = 1; piece < at; piece++) yield `piece ${piece}`;
      throw new Error("The database went away.");
    }
    const answer = streamedText({ text: pieces(), format: "json" }, () => {});
    await expect(answer).rejects.toThrow("The database went away.");
  },
);

test("a text of one piece has its length", async () => {
  async function* pieces() {
    yield "all of it";
  }
  expect(await streamedText({ text: pieces(), format: "json" }, () => {})).toMatchObject({
    body: "all of it",
  });
});
