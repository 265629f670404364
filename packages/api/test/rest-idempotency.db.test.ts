import { describe, expect, test } from "vitest";
import { problem, restRequest, type TestUser, twoUsers } from "./support/two-users.ts";

const world = twoUsers();
const body = { title: "Once", tags: ["a", "b"] };

const post = (user: TestUser, key: string, init: { body?: unknown; path?: string } = {}) =>
  user.rest("POST", init.path ?? "", {
    body: "body" in init ? init.body : body,
    headers: { "Idempotency-Key": key },
  });

/** All of an answer but what names the request. */
async function contentOf(response: Response) {
  const headers = [...response.headers].filter(
    ([name]) => name !== "x-request-id" && name !== "idempotency-replayed",
  );
  return { status: response.status, headers, body: await response.text() };
}

const titled = async (user: TestUser, title: string) =>
  (await user.caller.task.list({ limit: 100 })).items.filter((task) => task.title === title);

describe("a retry", () => {
  test("gets the first answer byte for byte, and says that it was given before", async () => {
    const first = await post(world.ada, '"retry"');
    const again = await post(world.ada, '"retry"');
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(again.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
    const content = await contentOf(first);
    expect(await contentOf(again)).toEqual(content);
    expect(content).toMatchObject({
      status: 201,
      headers: expect.arrayContaining([
        ["etag", expect.stringMatching(/^"[0-9a-f]{32}"$/)],
        ["location", `/api/${world.ada.id}/tasks/${JSON.parse(content.body).id}`],
        ["content-type", "application/json"],
      ]),
    });
    expect(await titled(world.ada, "Once")).toHaveLength(1);
  });

  test("may spell its body differently, and still gets the first answer when the task has changed", async () => {
    const first = await post(world.ada, '"spelled"', { body: '{"title":"S","notes":"n"}' });
    const { id } = await first.clone().json();
    await world.ada.caller.task.update({ id, title: "Changed" });
    const again = await post(world.ada, '"spelled"', {
      body: '{ "notes": "n", "title": "\\u0053" }',
    });
    expect(await contentOf(again)).toEqual(await contentOf(first));
  });

  test("with another body is 422", async () => {
    await post(world.ada, '"reused"', { body: { title: "Reused" } });
    const other = await post(world.ada, '"reused"', { body: { title: "Reused", notes: "n" } });
    expect(other.status).toBe(422);
    expect((await problem(other)).code).toBe("idempotency_key_reused");
    expect(await titled(world.ada, "Reused")).toHaveLength(1);
  });

  test("by another user is a request of its own", async () => {
    const hers = await post(world.ada, '"both"', { body: { title: "Both" } });
    const his = await post(world.bob, '"both"', { body: { title: "Both" } });
    expect(his.headers.get("idempotency-replayed")).toBeNull();
    expect((await his.json()).id).not.toBe((await hers.json()).id);
    expect(await titled(world.bob, "Both")).toHaveLength(1);
    const trespass = await world.bob.rest("POST", "", {
      of: world.ada.id,
      body,
      headers: { "Idempotency-Key": '"both"' },
    });
    expect(trespass.status).toBe(403);
  });

  test("of what failed is carried out", async () => {
    const failed = await post(world.ada, '"failed"', { body: { title: "" } });
    expect(failed.status).toBe(422);
    expect((await post(world.ada, '"failed"', { body: { title: "Mended" } })).status).toBe(201);
  });

  test("whose user is gone is 401", async () => {
    const token = await world.issue({ userId: "deleted-user", sessionId: "s" });
    const response = await world.ada.rest("POST", "", {
      of: "deleted-user",
      headers: { Authorization: `Bearer ${token}`, "Idempotency-Key": '"gone"' },
      body,
    });
    expect((await problem(response)).code).toBe("token_revoked");
  });

  test("a thousand times at once makes one row and one answer", async () => {
    const responses = await Promise.all(
      Array.from({ length: 1000 }, () => post(world.ada, '"k"', { body: { title: "Thousand" } })),
    );
    // A slow machine cannot begin them all within the time that they may wait.
    const begun = responses.filter(({ status }) => status !== 429);
    const contents = await Promise.all(begun.map(contentOf));
    expect(new Set(contents.map((content) => JSON.stringify(content))).size).toBe(1);
    expect(contents[0]?.status).toBe(201);
    expect(await titled(world.ada, "Thousand")).toHaveLength(1);
  });
});

describe("the key", () => {
  test.each([
    ["the shortest", '"a"'],
    ["the longest", `"${"k".repeat(255)}"`],
    ["one with escapes", '"a\\"b\\\\c, d;e"'],
  ])("%s is taken", async (_, key) => {
    expect((await post(world.ada, key)).status).toBe(201);
  });

  test.each([
    ["unquoted", "abc"],
    ["empty", ""],
    ["an empty string", '""'],
    ["too long", `"${"k".repeat(256)}"`],
    ["two", '"a", "b"'],
    ["with a parameter", '"a";b=1'],
    ["open", '"a'],
    ["with a stray backslash", '"a\\b"'],
    ["with an open escape", '"a\\"'],
    ["in single quotes", "'a'"],
    ["not ASCII", '"é"'],
    ["with a tab", '"a\tb"'],
    ["bytes", ":YQ==:"],
  ])("%s is 400", async (_, key) => {
    const refused = await post(world.ada, key);
    expect(refused.status).toBe(400);
    expect((await problem(refused)).code).toBe("invalid_idempotency_key");
  });

  test("in two headers is 400", async () => {
    const { api, ada } = world;
    const request = restRequest("POST", `/api/${ada.id}/tasks`, {
      body,
      headers: { Authorization: `Bearer ${ada.token}` },
    });
    request.headers.append("Idempotency-Key", '"a"');
    request.headers.append("Idempotency-Key", '"a"');
    expect((await problem(await api.fetch(request))).code).toBe("invalid_idempotency_key");
  });

  test("means nothing where a method is idempotent anyway", async () => {
    const { id } = await world.ada.caller.task.create({ title: "Kept" });
    const headers = { "Idempotency-Key": "abc" };
    const patched = await world.ada.rest("PATCH", `/${id}`, { body: { notes: "n" }, headers });
    expect(patched.status).toBe(200);
    expect((await world.ada.rest("DELETE", `/${id}`, { headers })).status).toBe(204);
  });
});
