import { describe, expect, test } from "vitest";
import { createApi, MAX_BATCH_CALLS } from "../src/index.ts";
import { trpcRequest, twoUsers } from "./support/two-users.ts";

const world = twoUsers();
const json = { "Content-Type": "application/json" };
const asAda = () => ({ Authorization: `Bearer ${world.ada.token}` });

async function failure(response: Response) {
  const { error } = await response.json();
  expect(error.data.httpStatus).toBe(response.status);
  expect(error.data.requestId).toBe(response.headers.get("x-request-id"));
  expect(error.data).not.toHaveProperty("stack");
  return error;
}

describe("the token", () => {
  test("is asked for before the input is read, with the challenge of RFC 6750", async () => {
    const response = await world.api.fetch(
      trpcRequest("task.create", { method: "POST", headers: json, body: '{"title":5}' }),
    );
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe('Bearer realm="taskbridge"');
    expect((await failure(response)).data.code).toBe("token_missing");
  });

  test.each([
    ["task.list", { headers: { "Content-Length": "2" } }],
    ["task.create", { method: "POST", body: "a=b", headers: { "Content-Type": "text/plain" } }],
  ])("is asked for before %s is told of its body, as in REST", async (path, init) => {
    const response = await world.api.fetch(trpcRequest(path, init as RequestInit));
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe('Bearer realm="taskbridge"');
    expect((await failure(response)).data.code).toBe("token_missing");
  });

  test("is told apart when it is bad", async () => {
    const headers = { Authorization: `Bearer ${world.ada.token}x` };
    const response = await world.api.fetch(trpcRequest("session.whoami", { headers }));
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  test("in a procedure called in process is asked for as well", async () => {
    await expect(world.callerWith(new Headers()).task.list()).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
  });
});

describe("answers", () => {
  test("are plain JSON that nobody stores", async () => {
    const response = await world.api.fetch(
      trpcRequest("task.create", {
        method: "POST",
        headers: { ...json, ...asAda() },
        body: '{"title":"T"}',
      }),
    );
    const task = (await response.json()).result.data;
    expect(task).toEqual(await world.ada.caller.task.get({ id: task.id }));
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("to invalid input are 422 with the fields", async () => {
    const response = await world.api.fetch(
      trpcRequest("task.list", { input: { limit: "5", colour: "red" }, headers: asAda() }),
    );
    expect(response.status).toBe(422);
    const { data } = await failure(response);
    expect(data.code).toBe("validation_failed");
    expect(data.errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      "/limit",
      "/colour",
    ]);
  });

  test.each([
    ["an unknown procedure", "task.destroy", { method: "GET" }, 404, "route_not_found"],
    ["a mutation by GET", "task.create", { method: "GET" }, 405, "method_not_allowed"],
    [
      "a broken body",
      "task.create",
      { method: "POST", body: "{", headers: json },
      400,
      "malformed_body",
    ],
    [
      "bytes that are no text",
      "task.create",
      { method: "POST", body: Buffer.from([0x7b, 0xff, 0x7d]), headers: json },
      400,
      "malformed_body",
    ],
    [
      "a byte order mark",
      "task.create",
      { method: "POST", body: '\ufeff{"title":"x"}', headers: json },
      400,
      "malformed_body",
    ],
    [
      "a member named twice",
      "task.create",
      { method: "POST", body: '{"title":"a","title":"b"}', headers: json },
      400,
      "malformed_body",
    ],
    [
      "a member named twice in a query",
      "task.get?input=%7B%22id%22%3A%22a%22%2C%22id%22%3A%22b%22%7D",
      {},
      400,
      "malformed_body",
    ],
    ["a broken query", "task.get?input=%7B", {}, 400, "malformed_body"],
    [
      "a query's body",
      "task.list",
      { headers: { "Content-Length": "2" } },
      400,
      "malformed_request",
    ],
    [
      "a compressed body",
      "task.create",
      { method: "POST", body: "{}", headers: { ...json, "Content-Encoding": "gzip" } },
      415,
      "unsupported_media_type",
    ],
    [
      "a form",
      "task.create",
      { method: "POST", body: "a=b", headers: { "Content-Type": "text/plain" } },
      415,
      "unsupported_media_type",
    ],
    [
      "a declared large body",
      "task.create",
      { method: "POST", body: "{}", headers: { ...json, "Content-Length": "300000" } },
      413,
      "body_too_large",
    ],
    [
      "an undeclared large body",
      "task.create",
      { method: "POST", body: `{"title":"${"x".repeat(300_000)}"}`, headers: json },
      413,
      "body_too_large",
    ],
  ])("to %s", async (_, path, init, status, code) => {
    const headers = { ...asAda(), ...(init as RequestInit).headers };
    const response = await world.api.fetch(trpcRequest(path, { ...init, headers }));
    expect(response.status).toBe(status);
    expect((await failure(response)).data.code).toBe(code);
  });

  test("to a version that is not the present one are 412", async () => {
    const { id } = await world.ada.caller.task.create({ title: "Versioned" });
    await expect(
      world.ada.caller.task.update({ id, version: 9, title: "x" }),
    ).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
    });
    await expect(world.ada.caller.task.delete({ id, version: 9 })).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
    });
  });
});

test.each(["Application/JSON", 'APPLICATION/JSON; charset="UTF-8"'])(
  "a media type is read without regard to case: %s",
  async (type) => {
    const headers = { ...asAda(), "Content-Type": type };
    const init = { method: "POST", headers, body: '{"title":"Typed"}' };
    expect((await world.api.fetch(trpcRequest("task.create", init))).status).toBe(200);
  },
);

describe("a procedure without input", () => {
  const clear = (body?: string) =>
    world.api.fetch(
      trpcRequest("task.clearCompleted", {
        method: "POST",
        headers: { ...json, ...asAda() },
        ...(body !== undefined && { body }),
      }),
    );

  test.each([undefined, "", "{}"])("is called with %o", async (body) => {
    expect((await clear(body)).status).toBe(200);
  });

  test.each([
    ['{"all":true}', 422, "validation_failed"],
    ["null", 422, "validation_failed"],
    ["{", 400, "malformed_body"],
    [" ".repeat(300_000), 413, "body_too_large"],
  ])("refuses what it is sent all the same", async (body, status, code) => {
    const refused = await clear(body);
    expect(refused.status).toBe(status);
    expect((await failure(refused)).data.code).toBe(code);
  });

  test("refuses it in a query", async () => {
    const refused = await world.api.fetch(
      trpcRequest("session.whoami", { input: { userId: "x" }, headers: asAda() }),
    );
    expect((await failure(refused)).data.errors).toMatchObject([{ pointer: "/userId" }]);
  });
});

describe("methods", () => {
  const ask = (method: string, path: string, headers = {}) =>
    world.api.fetch(trpcRequest(path, { method, headers: { ...asAda(), ...headers } }));

  test.each([
    ["GET", "task.create", "OPTIONS, POST"],
    ["HEAD", "task.create", "OPTIONS, POST"],
    ["POST", "task.list", "OPTIONS, HEAD, GET"],
    ["PUT", "task.list", "OPTIONS, HEAD, GET"],
    ["DELETE", "task.create", "OPTIONS, POST"],
    ["PATCH", "task.list,task.create?batch=1", "OPTIONS, HEAD, GET, POST"],
    ["GET", "task.create,task.delete?batch=1", "OPTIONS, POST"],
  ])("%s of %s is 405 and says what is allowed", async (method, path, allow) => {
    const refused = await ask(method, path, json);
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, allow]);
    if (method !== "HEAD") expect((await failure(refused)).data.code).toBe("method_not_allowed");
    const options = await ask("OPTIONS", path);
    expect([options.status, options.headers.get("allow")]).toEqual([204, allow]);
    expect(options.headers.get("x-request-id")).toEqual(expect.any(String));
  });

  test.each(["GET", "POST", "PUT", "OPTIONS", "HEAD"])(
    "%s of no procedure is 404",
    async (method) => {
      for (const path of ["task.destroy", "constructor", "task.list,task.get"]) {
        expect((await ask(method, path, method === "POST" ? json : {})).status).toBe(404);
      }
    },
  );

  test("HEAD answers as GET does, without the body", async () => {
    for (const [headers, status] of [
      [asAda(), 200],
      [{ Authorization: "Bearer x" }, 401],
    ] as const) {
      const head = await ask("HEAD", "task.list", headers);
      const get = await ask("GET", "task.list", headers);
      expect([head.status, get.status]).toEqual([status, status]);
      expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
      expect(head.headers.get("www-authenticate")).toBe(get.headers.get("www-authenticate"));
      expect(await head.text()).toBe("");
    }
  });

  test("a request id is repeated where it is safe to, and made where not", async () => {
    for (const path of ["task.list", "task.destroy"]) {
      const repeated = await ask("GET", path, { "X-Request-Id": "my-id.1" });
      expect(repeated.headers.get("x-request-id")).toBe("my-id.1");
      const made = await ask("GET", path, { "X-Request-Id": "<script>" });
      expect(made.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe("a batch", () => {
  test("may name a member in each of its calls", async () => {
    const { id } = await world.ada.caller.task.create({ title: "Batched" });
    const input = { 0: { id }, 1: { id } };
    const response = await world.api.fetch(
      trpcRequest(`task.get,task.get?batch=1&input=${encodeURIComponent(JSON.stringify(input))}`, {
        headers: asAda(),
      }),
    );
    expect(response.status).toBe(200);
  });

  const batch = (calls: number) =>
    world.api.fetch(
      new Request(
        `http://localhost:3000/api/trpc/${Array(calls).fill("session.whoami").join(",")}?batch=1&input=%7B%7D`,
        { headers: asAda() },
      ),
    );

  test("may hold twenty calls", async () => {
    const response = await batch(MAX_BATCH_CALLS);
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveLength(20);
  });

  test("and not one more", async () => {
    const response = await batch(MAX_BATCH_CALLS + 1);
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain('"code":"malformed_request"');
  });
});

describe("what goes wrong inside", () => {
  const broken = new Error("SELECT secret FROM vault");
  const reported: unknown[] = [];
  const api = () =>
    createApi({
      verifier: { verify: async () => Promise.reject(broken) },
      cursorKey: new Uint8Array(32),
      scopeOf: () => {
        throw broken;
      },
      reportError: (error, { requestId }) => reported.push([error, requestId]),
    });

  test.each(["/api/trpc/task.list", "/api/u/tasks"])("%s tells nothing of", async (path) => {
    const response = await api().fetch(
      new Request(`http://localhost:3000${path}`, { headers: { Authorization: "Bearer a.b.c" } }),
    );
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).toContain('"code":"internal_error"');
    expect(text).not.toContain("vault");
    expect(reported.pop()).toEqual([broken, response.headers.get("x-request-id")]);
  });
});
