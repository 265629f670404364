import { taskCreateSchema } from "@taskbridge/contract";
import { expect, test } from "vitest";
import { errorFields } from "../src/log/error-fields.ts";

/** Something that throws, as an Error. */
function thrown(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("Nothing was thrown.");
}

test("name, code, message, places and causes, and nothing else of an error", () => {
  const cause = Object.assign(new TypeError("the cause"), { code: "ECONNREFUSED", port: 5432 });
  const error = Object.assign(new Error("the message", { cause }), {
    code: "P2010",
    meta: { email: "CANARY" },
    detail: "Key (email)=(CANARY) already exists.",
  });
  expect(errorFields(error)).toEqual({
    name: "Error",
    code: "P2010",
    message: "the message",
    stack: expect.stringMatching(/^at .*error-fields\.test\.ts:\d+:\d+/),
    cause: {
      name: "TypeError",
      code: "ECONNREFUSED",
      message: "the cause",
      stack: expect.stringMatching(/^at /),
    },
  });
});

test.each([
  ["JSON", () => JSON.parse('{"CANARY')],
  ["an address", () => new URL("CANARY")],
  ["a header", () => new Headers({ "x-name": "a\0CANARY" })],
  ["zod, unknown keys", () => taskCreateSchema.parse({ title: "a", CANARY: 1 })],
  ["zod, a value", () => taskCreateSchema.parse({ title: "a", dueDate: "CANARY" })],
])("a client's text in an error of %s stays out", (_, run) => {
  const fields = errorFields(thrown(run));
  expect(JSON.stringify(fields)).not.toContain("CANARY");
  expect(fields.stack).toMatch(/^at /);
});

test("a message cannot pass for a place in the code", () => {
  const error = new Error("bad\n    at CANARY (file:///srv/secret.ts:1:1)");
  expect(errorFields(error).stack).not.toContain("CANARY");
});

test("a code that is no word stays out", () => {
  const error = Object.assign(new Error("bad"), { code: "CANARY of a client" });
  expect(errorFields(error)).not.toHaveProperty("code");
});

test("a connection refused at every address says so", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED ::1:5432"), {
    code: "ECONNREFUSED",
  });
  const cause = errorFields(new AggregateError([refused])).cause;
  expect(cause).toMatchObject({ code: "ECONNREFUSED", message: "connect ECONNREFUSED ::1:5432" });
});

test("causes that go in a circle come to an end", () => {
  const error = new Error("round");
  error.cause = error;
  expect(JSON.stringify(errorFields(error)).match(/round/g)).toHaveLength(6);
});

test.each([["a text: CANARY"], [undefined], [null], [{ message: "CANARY" }]])(
  "what is no Error is not shown: %s",
  (value) => expect(JSON.stringify(errorFields(value))).not.toContain("CANARY"),
);
