import {
  MAX_BODY_BYTES,
  MAX_NOTES_LENGTH,
  MAX_TAGS,
  MAX_TITLE_LENGTH,
  type Task,
} from "@taskbridge/contract";
import { describe, expect, test } from "vitest";
import { absentId, problem, trpcRequest, twoUsers } from "./support/two-users.ts";

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

  test("one that is nested as deeply as it can be is 422, or 400 where a key would remember it", async () => {
    const depth = MAX_BODY_BYTES / 2 - 20;
    const body = `{"title":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect((await world.ada.rest("POST", "", { body })).status).toBe(422);
    expect((await world.ada.rest("DELETE", `/${absentId}`, { body })).status).toBe(400);
    const headers = { "Idempotency-Key": '"deep"' };
    const keyed = await world.ada.rest("POST", "", { body, headers });
    expect([400, 422]).toContain(keyed.status);
  });

  test.each([
    ["emoji, all escaped", "\u{1f984}", true],
    ["emoji", "\u{1f984}", false],
    ["letters, all escaped", "a", true],
    ["control characters", "\u0001", false],
    ["quotes", '"', false],
  ])("a task of the longest fields is taken at both doors: %s", async (_, character, escaped) => {
    const { ada, api } = world;
    const task = {
      title: character.repeat(MAX_TITLE_LENGTH),
      notes: character.repeat(MAX_NOTES_LENGTH),
      tags: Array.from({ length: MAX_TAGS }, (_, at) =>
        String.fromCharCode(0x4e00 + at).padEnd(51 - character.length, "x"),
      ).map((tag) => tag.replaceAll("x", character)),
    };
    const text = JSON.stringify(task);
    const everyUnit = (all: string) => `\\u${all.charCodeAt(0).toString(16).padStart(4, "0")}`;
    const body = escaped
      ? text.replace(
          /"((?:[^"\\]|\\.)*)"/g,
          (_, inner: string) => `"${inner.replace(/[\s\S]/g, everyUnit)}"`,
        )
      : text;
    expect(JSON.parse(body)).toEqual(task);
    const created = await ada.rest("POST", "", { body });
    expect(created.status).toBe(201);
    expect(await created.json()).toMatchObject(task);
    for (const [path, sent] of [
      ["task.create", body],
      ["task.create?batch=1", `{"0":${body}}`],
    ] as const) {
      const answer = await api.fetch(
        trpcRequest(path, {
          method: "POST",
          headers: { Authorization: `Bearer ${ada.token}`, "Content-Type": "application/json" },
          body: sent,
        }),
      );
      expect([path, answer.status]).toEqual([path, 200]);
    }
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
    ["application/json;charset=utf8", 201],
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

  test.each(["GET", "HEAD"])("with %s is 400", async (method) => {
    const { id } = await world.ada.caller.task.create({ title: "Kept" });
    const headers = { "Content-Length": "2" };
    expect((await world.ada.rest(method, `/${id}`, { headers })).status).toBe(400);
    // The second is what an HTTP/2 front makes of a request without a body.
    const nothing: Record<string, string>[] = [
      { "Content-Length": "0", "Content-Type": "application/json" },
      { "Transfer-Encoding": "chunked" },
    ];
    for (const none of nothing) {
      expect((await world.ada.rest(method, `/${id}`, { headers: none })).ok).toBe(true);
    }
  });

  test.each(["{}", " { }\n", "null", "", "\n"])(
    "that say nothing are taken by changes: %j",
    async (body) => {
      const { ada } = world;
      for (const headers of [
        { "Content-Type": "application/json" },
        { "Content-Type": "text/plain" },
      ]) {
        const { id } = await ada.caller.task.create({ title: "Emptied" });
        expect((await ada.rest("DELETE", `/${id}`, { body, headers })).status).toBe(204);
        expect((await ada.rest("POST", `/${id}/restore`, { body, headers })).status).toBe(200);
        const cleared = await ada.rest("POST", "/clear-completed", { body, headers });
        expect(cleared.status).toBe(200);
      }
    },
  );

  test.each(['{"id":1}', "[]", "0", '""', "{} {}", "{", "title=x"])(
    "that say something where none is taken are refused: %s",
    async (body) => {
      const { ada } = world;
      const { id } = await ada.caller.task.create({ title: "Kept" });
      for (const [method, path] of [
        ["DELETE", `/${id}`],
        ["POST", `/${id}/restore`],
        ["POST", "/clear-completed"],
      ] as const) {
        const refused = await ada.rest(method, path, { body });
        expect((await problem(refused)).code).toBe("malformed_request");
      }
      expect((await ada.caller.task.get({ id })).title).toBe("Kept");
    },
  );

  test("where none is taken, {} and nothing are the same request to a key", async () => {
    const { ada } = world;
    const headers = { "Idempotency-Key": '"empty or not"' };
    for (const body of ["{}", undefined]) {
      expect((await ada.rest("POST", "/clear-completed", { body, headers })).status).toBe(200);
    }
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
    expect(sent).toBeLessThan(40);
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

describe("a body of what GET gave", () => {
  /** As libraries write instants and ids down again. */
  const rewritten = (task: Task) => ({
    ...task,
    id: task.id.toUpperCase(),
    createdAt: task.createdAt.replace(/0*Z$/, "Z").replace(/\.Z$/, "Z"),
    updatedAt: task.updatedAt.replace("Z", "+00:00"),
  });

  test.each(["PUT", "PATCH"])("is taken by %s, and changes what differs", async (method) => {
    const { ada } = world;
    const { id } = await ada.caller.task.create({ title: "As it was", completed: true });
    const send = async (edit: (task: Task) => object, headers: Record<string, string> = {}) => {
      const got = await ada.rest("GET", `/${id}`);
      const etag = got.headers.get("etag") ?? "";
      const body = edit(await got.json());
      return ada.rest(method, `/${id}`, { body, headers: { "If-Match": etag, ...headers } });
    };
    const same = await send((task) => task);
    expect([same.status, (await same.json()).version]).toEqual([200, 1]);
    const edited = await send((task) => ({
      ...rewritten(task),
      title: "Edited",
      completed: false,
    }));
    expect(await edited.json()).toMatchObject({
      ...{ title: "Edited", version: 2, completed: false, completedAt: null },
    });
    // Without a tag the version in it guards, as it would in tRPC.
    expect((await send((task) => ({ ...task, title: "Again" }), { "If-Match": "*" })).status).toBe(
      200,
    );
  });

  test.each(["PUT", "PATCH"])(
    "with another server-set member is refused by %s, which names it",
    async (method) => {
      const { ada } = world;
      const task = await ada.caller.task.create({ title: "Fixed" });
      const others = {
        id: absentId,
        version: 7,
        completedAt: "2020-01-01T00:00:00Z",
        createdAt: "2020-01-01T00:00:00Z",
        updatedAt: "2020-01-01T00:00:00Z",
      };
      for (const [name, value] of Object.entries(others)) {
        const body = { ...task, title: "Moved", [name]: value };
        const refused = await ada.rest(method, `/${task.id}`, {
          body,
          headers: { "If-Match": "*" },
        });
        expect((await problem(refused)).errors).toEqual([
          { pointer: `/${name}`, message: "Is read-only: leave it out, or as it is." },
        ]);
      }
      const old = await ada.rest(method, `/${task.id}`, {
        body: { ...task, version: 7 },
        headers: { "If-Match": `"${"0".repeat(32)}"` },
      });
      expect(old.status).toBe(412);
      expect(await ada.caller.task.get({ id: task.id })).toEqual(task);
    },
  );

  test("of another's task is the 404 of a missing one", async () => {
    const { ada, bob } = world;
    const task = await ada.caller.task.create({ title: "Hers" });
    for (const method of ["PUT", "PATCH"]) {
      const headers = { "If-Match": "*" };
      const trespass = await bob.rest(method, `/${task.id}`, { body: task, headers });
      expect((await problem(trespass)).code).toBe("task_not_found");
    }
  });

  test("races with others', and one edit per version wins", async () => {
    const { ada } = world;
    const task = await ada.caller.task.create({ title: "Raced" });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        ada.rest("PATCH", `/${task.id}`, { body: { ...task, title: `Edit ${at}` } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(422)]);
  });
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
