import { describe, expect, test } from "vitest";
import { problem, twoUsers } from "./support/two-users.ts";

const world = twoUsers();

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

  test.each([
    ["at the top", '{"title":"a","title":"b"}'],
    ["spelled differently", '{"title":"a","t\\u0069tle":"b"}'],
    ["deep inside", '{"title":"a","x":[{"y":{"z":1,"z":1}}]}'],
  ])("one that names a member twice %s is 400", async (_, body) => {
    const refused = await world.ada.rest("POST", "", { body });
    expect((await problem(refused)).code).toBe("malformed_body");
  });

  test("one that has a name in two objects, or in a text, is not", async () => {
    const body = '{"title":"\\"title\\":1,\\"title\\":2","tags":["title","title2"]}';
    expect((await world.ada.rest("POST", "", { body })).status).toBe(201);
  });

  test("one that is nested as deeply as it can be is 422", async () => {
    const body = `{"title":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
    expect((await world.ada.rest("POST", "", { body })).status).toBe(422);
  });

  test.each(["gzip", "br", "deflate", "identity, gzip", "GZIP"])(
    "in %s is 415",
    async (encoding) => {
      const headers = { "Content-Encoding": encoding };
      const refused = await world.ada.rest("POST", "", { body: { title: "x" }, headers });
      expect(refused.headers.get("accept-encoding")).toBe("identity");
      expect((await problem(refused)).code).toBe("unsupported_media_type");
      const plain = { "Content-Encoding": "Identity" };
      expect((await world.ada.rest("POST", "", { body: { title: "x" }, headers: plain })).ok).toBe(
        true,
      );
    },
  );

  test.each([
    ["application/json; charset=utf-8", 201],
    ['Application/JSON;charset="UTF-8"', 201],
    ["application/json;", 201],
    ["application/json; profile=x", 201],
    ["application/json; charset=iso-8859-1", 415],
    ["application/json; charset=utf-8; charset=utf-16", 415],
    ["application/json, application/json", 415],
    ["application/jsonx", 415],
    ["", 415],
  ])("as %s is %i", async (type, status) => {
    const headers = { "Content-Type": type };
    const response = await world.ada.rest("POST", "", { body: { title: "x" }, headers });
    expect(response.status).toBe(status);
    if (status === 415) expect(response.headers.get("accept")).toBe("application/json");
  });

  test.each(["GET", "HEAD", "DELETE"])("with %s is 400", async (method) => {
    const { id } = await world.ada.caller.task.create({ title: "Kept" });
    const announced: Record<string, string>[] = [
      { "Content-Length": "2" },
      { "Transfer-Encoding": "chunked" },
    ];
    for (const headers of announced) {
      const refused = await world.ada.rest(method, `/${id}`, { headers });
      expect(refused.status).toBe(400);
      expect(refused.headers.get("connection")).toBe("close");
    }
    const none = { "Content-Length": "0", "Content-Type": "application/json" };
    expect((await world.ada.rest(method, `/${id}`, { headers: none })).ok).toBe(true);
  });

  test("where none is taken are refused before the query is read, as in tRPC", async () => {
    const headers = { "Content-Length": "2" };
    const refused = await world.ada.rest("GET", "?limit=0", { headers });
    expect((await problem(refused)).code).toBe("malformed_request");
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
    // What was not read stands in the way of another request.
    expect(response.headers.get("connection")).toBe("close");
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

test("an answer is JSON whatever Accept says", async () => {
  for (const Accept of ["text/html", "application/json;q=0", "nonsense"]) {
    const response = await world.ada.rest("GET", "", { headers: { Accept } });
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "application/json",
    ]);
  }
});

describe("queries", () => {
  test.each([
    ["?limit=0", "/limit"],
    ["?limit=101", "/limit"],
    ["?limit=1.5", "/limit"],
    ["?limit=", "/limit"],
    ["?limit=1&limit=2", "/limit"],
    ["?a~/b=1&a~/b=2", "/a~0~1b"],
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
