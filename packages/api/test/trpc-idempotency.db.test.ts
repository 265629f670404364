import { expect, test } from "vitest";
import { type TestUser, trpcRequest, twoUsers } from "./support/two-users.ts";

const world = twoUsers();

interface Sent {
  key?: string;
  input?: unknown;
  path?: string;
  token?: string;
}

function send(user: TestUser, { key = '"once"', input, path = "task.create", token }: Sent) {
  const headers = {
    Authorization: `Bearer ${token ?? user.token}`,
    "Content-Type": "application/json",
    "Idempotency-Key": key,
  };
  return world.api.fetch(
    trpcRequest(path, { method: "POST", headers, body: JSON.stringify(input) }),
  );
}

const codeOf = async (response: Response) => {
  const body = await response.json();
  return (Array.isArray(body) ? body[0] : body).error.data.code;
};
const titled = async (user: TestUser, title: string) =>
  (await user.caller.task.list({ limit: 100 })).items.filter((task) => task.title === title);

test("a retry of a call gets the first answer, also when both come at once", async () => {
  const input = { title: "Once", tags: ["a"] };
  const [first, rival] = await Promise.all([
    send(world.ada, { input }),
    send(world.ada, { input: { tags: ["a"], title: "Once" } }),
  ]);
  const again = await send(world.ada, { input });
  const answer = await first.json();
  expect(answer.result.data).toMatchObject(input);
  expect([await rival.json(), await again.json()]).toEqual([answer, answer]);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(await titled(world.ada, "Once")).toHaveLength(1);
});

test("another call under the key is refused, at either door", async () => {
  const key = '"reused"';
  expect((await send(world.ada, { key, input: { title: "Reused" } })).status).toBe(200);
  const other = await send(world.ada, { key, input: { title: "Reused", notes: "n" } });
  expect([other.status, await codeOf(other)]).toEqual([422, "idempotency_key_reused"]);
  const rest = await world.ada.rest("POST", "", {
    body: { title: "Reused" },
    headers: { "Idempotency-Key": key },
  });
  expect(rest.status).toBe(422);
  expect(await titled(world.ada, "Reused")).toHaveLength(1);
});

test("another user's key is another key", async () => {
  const input = { title: "Both" };
  const hers = await (await send(world.ada, { key: '"both"', input })).json();
  const his = await (await send(world.bob, { key: '"both"', input })).json();
  expect(his.result.data.id).not.toBe(hers.result.data.id);
  expect(await titled(world.bob, "Both")).toHaveLength(1);
});

test("a call that failed leaves the key free", async () => {
  const failed = await send(world.ada, { key: '"free"', input: { title: "" } });
  expect([failed.status, await codeOf(failed)]).toEqual([422, "validation_failed"]);
  expect((await send(world.ada, { key: '"free"', input: { title: "Mended" } })).status).toBe(200);
});

test("the token counts before the key, and the key before the body", async () => {
  const forged = await send(world.ada, { key: "none", input: {}, token: "a.b.c" });
  expect(forged.status).toBe(401);
  const misread = await send(world.ada, { key: "none", input: {} });
  expect([misread.status, await codeOf(misread)]).toEqual([400, "invalid_idempotency_key"]);
});

test("a key in a batch, which could be any call's, is refused", async () => {
  const path = "task.create,task.create?batch=1";
  const input = { 0: { title: "Batched" }, 1: { title: "Batched" } };
  const batched = await send(world.ada, { path, input });
  expect([batched.status, await codeOf(batched)]).toEqual([400, "malformed_request"]);
  expect(await titled(world.ada, "Batched")).toHaveLength(0);
});

test("a body nested beyond all measure is the caller's fault, with a key as without", async () => {
  const deep = `{"title":"Deep","tags":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
  const request = (headers: Record<string, string>) =>
    world.api.fetch(
      trpcRequest("task.create", {
        method: "POST",
        body: deep,
        headers: {
          Authorization: `Bearer ${world.ada.token}`,
          "Content-Type": "application/json",
          ...headers,
        },
      }),
    );
  const keyed = await request({ "Idempotency-Key": '"deep"' });
  expect([keyed.status, await codeOf(keyed)]).toEqual([400, "malformed_body"]);
  expect((await request({})).status).toBe(422);
});
