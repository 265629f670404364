import { expect, test } from "vitest";
import { textOf } from "../src/reply.ts";
import { SharedReads } from "../src/shared-reads.ts";

const asked = { userId: "ada", path: "task.list", input: { limit: 1 } };

test("what says the very same is carried out once, and all get its answer", async () => {
  const reads = new SharedReads();
  let carriedOut = 0;
  const begin = async () => ({ answer: ++carriedOut });
  const [first, second] = await Promise.all([reads.join(asked, begin), reads.join(asked, begin)]);
  expect(first).toEqual({ answer: 1 });
  expect(second).toBe(first);
  expect(carriedOut).toBe(1);
});

test.each([
  ["another user", { userId: "bob" }],
  ["another procedure", { path: "task.listDeleted" }],
  ["another input", { input: { limit: 2 } }],
  ["no input", { input: undefined }],
  ["null", { input: null }],
])("%s is another read", async (_, other) => {
  const reads = new SharedReads();
  const first = await reads.join(asked, async () => "first");
  expect(await reads.join({ ...asked, ...other }, async () => "other")).toBe("other");
  expect(first).toBe("first");
});

test("no input and null are two reads", async () => {
  const reads = new SharedReads();
  await reads.join({ ...asked, input: undefined }, async () => "none");
  expect(await reads.join({ ...asked, input: null }, async () => "null")).toBe("null");
});

test("what could be written alike and is not the same is not shared", async () => {
  const reads = new SharedReads();
  let begun = 0;
  const begin = async () => ++begun;
  const deep = JSON.parse("[".repeat(10_000) + "]".repeat(10_000));
  for (const input of [Number.POSITIVE_INFINITY, null, { limit: Number.NaN }, deep, deep])
    await reads.join({ ...asked, input }, begin);
  expect(begun).toBe(5);
});

test("a failure is everybody's, and each one's to handle", async () => {
  const reads = new SharedReads();
  const failing = () => reads.join(asked, () => Promise.reject(new Error("the one")));
  const both = await Promise.allSettled([failing(), failing()]);
  expect(both.map((each) => each.status === "rejected" && each.reason.message)).toEqual([
    "the one",
    "the one",
  ]);
});

test("an answer is written as JSON.stringify writes it, the same one once", () => {
  let written = 0;
  const answer = { toJSON: () => ({ n: ++written }) };
  expect([textOf(answer), textOf(answer)]).toEqual(['{"n":1}', '{"n":1}']);
  expect([textOf(null), textOf("text"), textOf([])]).toEqual(["null", '"text"', "[]"]);
});
