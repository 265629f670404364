import { describe, expect, test } from "vitest";
import { absentId, restRequest, twoUsers } from "./support/two-users.ts";

const world = twoUsers();

async function problem(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body = await response.json();
  expect(body).toMatchObject({
    status: response.status,
    type: `/problems/${body.code}`,
    title: expect.any(String),
    detail: expect.any(String),
    requestId: response.headers.get("x-request-id"),
  });
  return body;
}

describe("401", () => {
  test("without a token, the challenge names no error", async () => {
    const response = await world.api.fetch(restRequest("GET", `/api/${world.ada.id}/tasks`));
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe('Bearer realm="taskbridge"');
    expect((await problem(response)).code).toBe("token_missing");
  });

  test("with a bad one, it does", async () => {
    const response = await world.ada.rest("GET", "", {
      headers: { Authorization: "Bearer nonsense" },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toMatch(
      /^Bearer realm="taskbridge", error="invalid_token", error_description="[^"]+"$/,
    );
    expect((await problem(response)).code).toBe("token_malformed");
  });

  test("an expired one is told as such", async () => {
    const issuedAt = Math.floor(Date.now() / 1000) - 1000;
    const token = await world.issue({ userId: world.ada.id, sessionId: "s", issuedAt });
    const response = await world.ada.rest("GET", "", {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(401);
    expect((await problem(response)).code).toBe("token_expired");
  });

  test("a token in the query, a cookie or the body is not taken", async () => {
    const { ada, api } = world;
    const response = await api.fetch(
      restRequest("POST", `/api/${ada.id}/tasks?access_token=${ada.token}`, {
        body: { title: "x", access_token: ada.token },
        headers: { Cookie: `token=${ada.token}` },
      }),
    );
    expect((await problem(response)).code).toBe("token_missing");
  });

  test("a token whose user is gone is 401, not a broken foreign key", async () => {
    const token = await world.issue({ userId: "deleted-user", sessionId: "s" });
    const response = await world.ada.rest("POST", "", {
      of: "deleted-user",
      headers: { Authorization: `Bearer ${token}` },
      body: { title: "x" },
    });
    expect(response.status).toBe(401);
    expect((await problem(response)).code).toBe("token_revoked");
  });
});

describe("the order of checks", () => {
  test("method and size come before the token", async () => {
    const path = `/api/${world.ada.id}/tasks`;
    const { api } = world;
    expect((await api.fetch(restRequest("DELETE", path))).status).toBe(405);
    const large = restRequest("POST", path, { body: { title: "x".repeat(70_000) } });
    large.headers.set("Content-Length", "70000");
    expect((await api.fetch(large)).status).toBe(413);
  });

  test("the path's user comes before the body", async () => {
    const response = await world.bob.rest("POST", "", { of: world.ada.id, body: "{not json" });
    expect(response.status).toBe(403);
  });

  test("the body's form comes before the task", async () => {
    expect((await world.ada.rest("PATCH", `/${absentId}`, { body: "{" })).status).toBe(400);
    expect((await world.ada.rest("PATCH", `/${absentId}`, { body: { title: 1 } })).status).toBe(
      422,
    );
  });
});

describe("routes and methods", () => {
  test.each(["/a/b", "/", "/a/"])("tasks%s is 404", async (path) => {
    const response = await world.ada.rest("GET", path);
    expect((await problem(response)).code).toBe("route_not_found");
  });

  test.each([
    ["/api/nothing", 404],
    ["/api/", 404],
    ["/api//tasks", 404],
    ["/api/%zz/tasks", 404],
  ])("%s is %i", async (path, status) => {
    const response = await world.api.fetch(restRequest("GET", path));
    expect(response.status).toBe(status);
    await problem(response);
  });

  test("405 says what is allowed, OPTIONS too", async () => {
    const wrong = await world.ada.rest("PUT");
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("allow")).toBe("OPTIONS, HEAD, GET, POST");
    expect((await problem(wrong)).code).toBe("method_not_allowed");
    const options = await world.api.fetch(restRequest("OPTIONS", `/api/u/tasks/${absentId}`));
    expect(options.status).toBe(204);
    expect(options.headers.get("allow")).toBe("OPTIONS, HEAD, GET, PATCH, PUT, DELETE");
  });
});

describe("bodies", () => {
  test.each([
    ["no JSON", "{", {}, 400, "malformed_body"],
    ["no body", undefined, { "Content-Type": "application/json" }, 400, "malformed_body"],
    ["text", "hello", { "Content-Type": "text/plain" }, 415, "unsupported_media_type"],
    [
      "a form",
      "title=x",
      { "Content-Type": "application/x-www-form-urlencoded" },
      415,
      "unsupported_media_type",
    ],
    ["a list", [], {}, 422, "validation_failed"],
    ["null", null, {}, 422, "validation_failed"],
  ])("%s", async (_, body, headers, status, code) => {
    const response = await world.ada.rest("POST", "", {
      body,
      headers: headers as Record<string, string>,
    });
    expect(response.status).toBe(status);
    expect((await problem(response)).code).toBe(code);
  });

  test("one that grows past the limit without saying so is 413", async () => {
    const { ada, api } = world;
    const chunk = new TextEncoder().encode(" ".repeat(10_000));
    let sent = 0;
    const stream = new ReadableStream({
      pull(controller) {
        sent += 1;
        if (sent > 50) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const init = { method: "POST", body: stream, duplex: "half" };
    const response = await api.fetch(
      new Request(`http://localhost:3000/api/${ada.id}/tasks`, {
        ...init,
        headers: { Authorization: `Bearer ${ada.token}`, "Content-Type": "application/json" },
      }),
    );
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(20);
  });

  test("422 points at every field", async () => {
    const response = await world.ada.rest("POST", "", {
      body: {
        title: " ",
        priority: "urgent",
        tags: ["ok", ""],
        completed: "false",
        userId: "x",
        "a/b": 1,
      },
    });
    const { code, errors } = await problem(response);
    expect(code).toBe("validation_failed");
    expect(errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
      "/a~1b",
      "/completed",
      "/priority",
      "/tags/1",
      "/title",
      "/userId",
    ]);
  });

  test.each(["id", "version", "userId", "createdAt", "__proto__"])(
    "PATCH refuses %s",
    async (field) => {
      const task = await world.ada.caller.task.create({ title: "Mine" });
      const response = await world.ada.rest("PATCH", `/${task.id}`, { body: `{"${field}":"x"}` });
      expect(response.status).toBe(422);
    },
  );
});

describe("queries", () => {
  test.each([
    ["?limit=0", "/limit"],
    ["?limit=101", "/limit"],
    ["?limit=1.5", "/limit"],
    ["?limit=", "/limit"],
    ["?limit=1&limit=2", "/limit"],
    ["?status=done", "/status"],
    ["?colour=red", "/colour"],
    ["?dueBefore=2026-02-30", "/dueBefore"],
    ["?cursor=abc", "/cursor"],
    ["?sort=id", "/sort"],
    ["?q=%00", "/q"],
  ])("%s is 422 at %s", async (query, pointer) => {
    const response = await world.ada.rest("GET", query);
    expect(response.status).toBe(422);
    expect((await problem(response)).errors).toEqual([{ pointer, message: expect.any(String) }]);
  });

  test("a query where none is taken is 422", async () => {
    expect((await world.ada.rest("POST", "?x=1", { body: { title: "x" } })).status).toBe(422);
  });
});

describe("entity tags", () => {
  test("a task's answers carry its version", async () => {
    const created = await world.ada.rest("POST", "", { body: { title: "Tagged" } });
    expect(created.headers.get("etag")).toBe('"1"');
    const location = created.headers.get("location");
    const { id } = await created.json();
    expect(location).toBe(`/api/${world.ada.id}/tasks/${id}`);
    const unchanged = await world.ada.rest("GET", `/${id}`, {
      headers: { "If-None-Match": 'W/"1"' },
    });
    expect(unchanged.status).toBe(304);
    expect(await unchanged.text()).toBe("");
    const changed = await world.ada.rest("PATCH", `/${id}`, { body: { notes: "n" } });
    expect(changed.headers.get("etag")).toBe('"2"');
    const fresh = await world.ada.rest("GET", `/${id}`, { headers: { "If-None-Match": '"1"' } });
    expect(fresh.status).toBe(200);
  });

  test.each(["PATCH", "PUT", "DELETE"])("%s honours If-Match", async (method) => {
    const { id } = await world.ada.caller.task.create({ title: "Guarded" });
    const body = method === "DELETE" ? undefined : { title: "Changed" };
    for (const tag of ['"2"', 'W/"1"', '"x"', "1", '"2", "3"', ""]) {
      const stale = await world.ada.rest(method, `/${id}`, { body, headers: { "If-Match": tag } });
      expect([tag, stale.status]).toEqual([tag, 412]);
      expect((await problem(stale)).code).toBe("version_mismatch");
    }
    const headers = { "If-Match": '"7", "1"' };
    const done = await world.ada.rest(method, `/${id}`, { body, headers });
    expect(done.status).toBe(method === "DELETE" ? 204 : 200);
  });

  test("PUT without If-Match is 428, and with it sets every field", async () => {
    const { id } = await world.ada.caller.task.create({ title: "Old", notes: "n", tags: ["a"] });
    expect((await world.ada.rest("PUT", `/${id}`, { body: { title: "New" } })).status).toBe(428);
    const put = await world.ada.rest("PUT", `/${id}`, {
      body: { title: "New" },
      headers: { "If-Match": '"1"' },
    });
    expect(await put.json()).toMatchObject({ title: "New", notes: "", tags: [], version: 2 });
  });
});

describe("small things", () => {
  test("HEAD answers as GET does, without the body", async () => {
    const { id } = await world.ada.caller.task.create({ title: "Heady" });
    const head = await world.ada.rest("HEAD", `/${id}`);
    expect([head.status, head.headers.get("etag")]).toEqual([200, '"1"']);
  });

  test("a request id is repeated where it is safe to, and made where not", async () => {
    const ask = async (id: string) =>
      (await world.ada.rest("GET", "", { headers: { "X-Request-Id": id } })).headers.get(
        "x-request-id",
      );
    expect(await ask("my-id.1")).toBe("my-id.1");
    expect(await ask("<script>")).toMatch(/^[0-9a-f-]{36}$/);
  });
});
