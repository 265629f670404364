import { beforeAll, expect, test } from "vitest";
import { absentId, twoUsers } from "./support/two-users.ts";

// What is answered without tRPC's handler, beside what that handler answers: it is asked where a request
// names the type of a body that it does not have.
const world = twoUsers();
const oracle = { "Content-Type": "application/json" };
let own: string;
let others: string;

beforeAll(async () => {
  const { ada, bob } = world;
  for (const title of ["one", "two", "three"]) await ada.caller.task.create({ title, tags: ["x"] });
  own = (await ada.caller.task.create({ title: "Ada's" })).id;
  others = (await bob.caller.task.create({ title: "Bob's" })).id;
});

async function ask(path: string, init: { method?: string; headers?: Record<string, string> } = {}) {
  const headers = {
    Authorization: `Bearer ${world.ada.token}`,
    "X-Request-Id": "the-same",
    ...init.headers,
  };
  const request = new Request(`http://localhost:3000/api/trpc/${path}`, { ...init, headers });
  const { status, headers: answered, body } = await world.api.fetch(request);
  return { status, headers: [...answered], body: body && (await new Response(body).text()) };
}

const input = (value: unknown) => `input=${encodeURIComponent(JSON.stringify(value))}`;
const raw = (text: string) => `input=${encodeURIComponent(text)}`;

const cases: [name: string, path: () => string, status: number][] = [
  ["a list", () => "task.list", 200],
  ["a page of it", () => `task.list?${input({ limit: 2, sort: "title" })}`, 200],
  ["an empty input", () => "task.list?input=", 200],
  ["null for an input", () => `task.list?${input(null)}`, 422],
  ["one's own task", () => `task.get?${input({ id: own })}`, 200],
  ["another's task", () => `task.get?${input({ id: others })}`, 404],
  ["no such task", () => `task.get?${input({ id: absentId })}`, 404],
  ["a field too many", () => `task.list?${input({ user_id: "x" })}`, 422],
  ["no JSON", () => `task.list?${raw("{")}`, 400],
  ["a name twice", () => `task.list?${raw('{"limit":1,"limit":2}')}`, 400],
  ["whose token it is", () => "session.whoami", 200],
  ["a batch of one", () => "task.list?batch=1", 200],
  ["a batch", () => `task.list,task.counts,task.list?batch=1&${input({ 0: { limit: 1 } })}`, 200],
  [
    "a batch that fails alike",
    () => `task.get,task.get?batch=1&${input({ 0: { id: others } })}`,
    207,
  ],
  [
    "a batch that asks the same several times, with no input and with the one that means none",
    () =>
      `${Array(6).fill("task.list")}?batch=1&${input({ 0: {}, 1: { limit: 1 }, 2: { limit: 1 }, 3: null, 4: {} })}`,
    207,
  ],
  [
    "a batch of numbers that JSON has no word for",
    () => `task.list,task.list?batch=1&${raw('{"0":{"limit":1e400},"1":{"limit":null}}')}`,
    422,
  ],
  [
    "a batch that is nested too deeply to be written",
    () => {
      const deep = "[".repeat(6_500) + "]".repeat(6_500);
      return `task.list,task.list?batch=1&input={"0":${deep},"1":${deep}}`;
    },
    422,
  ],
  [
    "a batch that asks for another's task several times",
    () =>
      `${Array(3).fill("task.get")}?batch=1&${input({ 0: { id: others }, 1: { id: own }, 2: { id: others } })}`,
    207,
  ],
  [
    "a batch of which one fails",
    () => `task.list,task.get?batch=1&${input({ 1: { id: others } })}`,
    207,
  ],
  ["a batch with an input for no call", () => `task.list?batch=1&${input({ 7: {} })}`, 200],
  ["a batch whose input is a list", () => `task.list?batch=1&${input([{ limit: 1 }])}`, 400],
  ["a batch whose input is text", () => `task.list?batch=1&${input("x")}`, 400],
  ["a batch of 21", () => `${Array(21).fill("task.list")}?batch=1`, 400],
  ["a call of nothing among others", () => "task.list,task.nothing?batch=1", 207],
  ["an export without a link that streams", () => "task.export", 415],
];

test.each(cases)("%s", async (_, path, status) => {
  const answer = await ask(path());
  expect(answer).toEqual(await ask(path(), { headers: oracle }));
  expect(answer.status).toBe(status);
});

test.each(cases.map(([name, path]) => [name, path] as const))(
  "%s, to somebody without a token, and to HEAD",
  async (_, path) => {
    for (const init of [{ headers: { Authorization: "" } }, { method: "HEAD" }]) {
      const answer = await ask(path(), init);
      expect(answer).toEqual(
        await ask(path(), { ...init, headers: { ...init.headers, ...oracle } }),
      );
    }
  },
);

test("each user gets their own, also in a batch", async () => {
  const asBob = { Authorization: `Bearer ${world.bob.token}` };
  const { body } = await ask("task.list,task.list?batch=1", { headers: asBob });
  expect(body).toContain("Bob's");
  expect(body).not.toContain("Ada's");
});
