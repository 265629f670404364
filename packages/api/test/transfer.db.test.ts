import { isWholeExport, type Task } from "@taskbridge/contract";
import { createUser } from "@taskbridge/db/testing";
import { describe, expect, test } from "vitest";
import { problem, restRequest, trpcRequest, twoUsers } from "./support/two-users.ts";

const world = twoUsers();
const csv = { "Content-Type": "text/csv" };

/** The titles of a user's tasks, the oldest first. */
const titles = async (user: (typeof world)["ada"]): Promise<string[]> =>
  (await exported(user)).map(({ title }) => title);
const exported = async (user: (typeof world)["ada"]): Promise<Task[]> =>
  (await user.rest("GET", "/export")).json();

test("what one user exports another imports: the same tasks, of their own", async () => {
  const { ada, bob } = world;
  const first = await ada.caller.task.create({ title: "=1+1", notes: "two\nlines", tags: ["a;b"] });
  await ada.caller.task.create({ title: "Due", dueDate: "2026-12-31", priority: "high" });
  await ada.caller.task.update({ id: first.id, completed: true });
  const { id: deleted } = await ada.caller.task.create({ title: "Deleted" });
  await ada.caller.task.delete({ id: deleted });

  for (const format of ["json", "csv"] as const) {
    const answer = await ada.rest("GET", `/export?format=${format}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(
      format === "csv" ? /^text\/csv; charset=utf-8/ : /^application\/json/,
    );
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="tasks.${format}"`,
    );
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const body = await answer.text();
    const headers = { "Content-Type": format === "csv" ? "text/csv" : "application/json" };
    const imported = await bob.rest("POST", "/import", { body, headers });
    expect([imported.status, await imported.json()]).toMatchObject([200, { count: 2 }]);
    const given = ({ id: _, version: __, updatedAt: ___, ...task }: Record<string, unknown>) =>
      task;
    const [hers, his] = await Promise.all(
      [ada, bob].map(async (user) => (await (await user.rest("GET", "/export")).json()).map(given)),
    );
    expect(his).toEqual(hers);
    for (const { id } of (await bob.caller.task.list()).items) {
      await expect(ada.caller.task.get({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await bob.caller.task.delete({ id });
    }
  }
});

test("the file itself says whether it is whole, in both formats, and a cut one is not imported", async () => {
  const { ada, bob } = world;
  const tasks = Array.from({ length: 250 }, (_, at) => ({ title: `Long ${at}`, notes: "a\r\n" }));
  const json = { "Content-Type": "application/json" };
  await bob.rest("POST", "/import", { body: JSON.stringify(tasks), headers: json });
  for (const format of ["json", "csv"] as const) {
    const answer = await bob.rest("GET", `/export?format=${format}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    expect(text.startsWith("\ufeff")).toBe(format === "csv");
    expect(isWholeExport(format, text)).toBe(true);
    const headers = format === "csv" ? csv : json;
    const before = await titles(ada);
    // JSON may do without its last line end.
    const cuts = [format === "csv" ? 1 : 2, 3, 5, 100, 1_000].map((cut) => text.slice(0, -cut));
    const rows = text.split(/^/m);
    const atARow = rows.slice(0, Math.ceil(rows.length / 2)).join("");
    for (const part of [...cuts, atARow]) {
      expect(isWholeExport(format, part)).toBe(false);
      const refused = await ada.rest("POST", "/import", { body: part, headers });
      expect((await problem(refused)).code).toBe("malformed_import");
    }
    expect(await titles(ada)).toEqual(before);
  }
  await world.database.client.task.deleteMany({ where: { userId: bob.id } });
});

test("an export of a host whose clock is ahead can be imported", async () => {
  const { bob } = world;
  const at = new Date(Date.now() + 14 * 60_000).toISOString();
  const body = JSON.stringify([{ title: "Ahead", createdAt: at, completedAt: at }]);
  const headers = { "Content-Type": "application/json" };
  expect((await bob.rest("POST", "/import", { body, headers })).status).toBe(200);
  await world.database.client.task.deleteMany({ where: { userId: bob.id } });
});

test("an export is filtered as a list is", async () => {
  const { bob } = world;
  await bob.caller.task.create({ title: "Wanted", tags: ["x"] });
  await bob.caller.task.create({ title: "Other" });
  const answer = await bob.rest("GET", "/export?tag=x&status=open&q=want");
  expect((await answer.json()).map(({ title }: { title: string }) => title)).toEqual(["Wanted"]);
  expect((await problem(await bob.rest("GET", "/export?limit=5"))).code).toBe("validation_failed");
  expect((await problem(await bob.rest("GET", "/export?format=xml"))).status).toBe(422);
});

describe("an import that cannot be accepted imports nothing, and says where:", () => {
  const good = '{"title":"Good"}';
  const cases: [name: string, body: string, headers: object, code: string, errors: unknown][] = [
    [
      "a bad task among good ones",
      `[${good},\n{"title":" ","dueDate":"2026-02-30"},\n${good},\n{"title":"x","userId":"y"}]`,
      {},
      "validation_failed",
      [
        { pointer: "/1/title", line: 2 },
        { pointer: "/1/dueDate", line: 2 },
        { pointer: "/3/userId", line: 4 },
      ],
    ],
    [
      "a bad row",
      'title,priority\n"two\nlines",low\nx,urgent\n',
      csv,
      "validation_failed",
      [{ pointer: "/1/priority", line: 4 }],
    ],
    ["a broken row", 'title\na\n"b', csv, "malformed_import", [{ pointer: "", line: 3 }]],
    ["no array", good, {}, "malformed_import", [{ pointer: "", line: 1 }]],
    ["no JSON", `[\n${good},\n]`, {}, "malformed_import", [{ pointer: "", line: 3 }]],
    [
      "a name twice",
      '[{"title":"a","title":"b"}]',
      {},
      "validation_failed",
      [{ pointer: "/text" }],
    ],
    [
      "JSON nested so deeply that its reader would run out of stack",
      `[\n${"[".repeat(30_000)}${"]".repeat(30_000)}]`,
      {},
      "malformed_import",
      [{ pointer: "", line: 2 }],
    ],
    [
      "a time to come",
      '[{"title":"a","createdAt":"2999-01-01T00:00:00Z"}]',
      {},
      "validation_failed",
      [{ pointer: "/0/createdAt", line: 1 }],
    ],
    [
      "an instant before the calendar",
      '[{"title":"a","createdAt":"0001-01-01T00:00:00+23:59"}]',
      {},
      "validation_failed",
      [{ pointer: "/0/createdAt", line: 1 }],
    ],
    [
      "completed at a time, and not completed",
      '[{"title":"a","completed":false,"completedAt":"2020-01-01T00:00:00Z"}]',
      {},
      "validation_failed",
      [{ pointer: "/0/completedAt", line: 1 }],
    ],
  ];
  test.each(cases)("%s", async (_, body, headers, code, errors) => {
    const { ada } = world;
    const before = await titles(ada);
    const json = { "Content-Type": "application/json" };
    const answer = await ada.rest("POST", "/import", { body, headers: { ...json, ...headers } });
    const told = await problem(answer);
    expect(told).toMatchObject({ code, errors });
    expect(answer.status).toBe(code === "malformed_import" ? 400 : 422);
    expect(await titles(ada)).toEqual(before);
    // The other door says the same.
    const format = headers === csv ? "csv" : "json";
    await expect(ada.caller.task.import({ format, text: body })).rejects.toMatchObject({
      message: told.detail,
    });
  });
});

test("ten thousand tasks are imported in one go, one more is too many", async () => {
  const { bob } = world;
  const before = (await titles(bob)).length;
  const tasks = Array.from({ length: 10_000 }, (_, at) => ({ title: `Task ${at}`, tags: ["big"] }));
  const lines = tasks.map((task) => JSON.stringify(task));
  const body = `[\n${lines.join(",\n")}\n]`;
  const json = { "Content-Type": "application/json" };
  const tooMany = `[\n${[...lines, lines[0]].join(",\n")}\n]`;
  const refused = await bob.rest("POST", "/import", { body: tooMany, headers: json });
  expect((await problem(refused)).detail).toMatch(/at most 10000 tasks/);
  expect(await titles(bob)).toHaveLength(before);

  const headers = { ...json, "Idempotency-Key": '"the big one"' };
  const answers = await Promise.all(
    [1, 2].map(() => bob.rest("POST", "/import", { body, headers })),
  );
  const [first, again] = await Promise.all(answers.map((answer) => answer.json()));
  expect(again).toEqual(first);
  // In the order of the file, and once.
  const added = (await exported(bob)).slice(before);
  expect(added.map(({ title }) => title)).toEqual(tasks.map(({ title }) => title));
  expect(first).toEqual({ count: 10_000, ids: added.map(({ id }) => id) });
});

describe("bodies", () => {
  test("over 4 MiB are refused, by what they say and by what they are", async () => {
    const { ada } = world;
    const headers = { ...csv, "Content-Length": String(5 * 1024 * 1024) };
    expect(
      (await problem(await ada.rest("POST", "/import", { body: "title\n", headers }))).status,
    ).toBe(413);
    const long = `title\n${"x".repeat(4 * 1024 * 1024)}`;
    expect(
      (await problem(await ada.rest("POST", "/import", { body: long, headers: csv }))).status,
    ).toBe(413);
  });

  test("of other kinds, or no UTF-8, are refused", async () => {
    const { ada } = world;
    const other = { "Content-Type": "text/plain" };
    expect(
      (await problem(await ada.rest("POST", "/import", { body: "title\n", headers: other })))
        .status,
    ).toBe(415);
    const none = new Request(`http://localhost:3000/api/${ada.id}/tasks/import`, {
      method: "POST",
      headers: { Authorization: `Bearer ${ada.token}`, ...csv },
      body: new Uint8Array([0x74, 0xff, 0xfe]),
    });
    expect((await problem(await world.api.fetch(none))).code).toBe("malformed_body");
  });

  test("may begin with a byte order mark where they are CSV", async () => {
    const { bob } = world;
    const answer = await bob.rest("POST", "/import", { body: "\ufefftitle\nMarked", headers: csv });
    expect(await answer.json()).toMatchObject({ count: 1 });
  });
});

describe("what would take for ever, or all memory, is refused before that:", () => {
  const size = 4 * 1024 * 1024 - 100;
  const many = (text: string) => text.repeat(size / text.length);
  const members = Array.from({ length: 200_000 }, (_, at) => `"k${at}":0`).join();
  const tags = JSON.stringify(Array(700).fill(" "));
  const bombs: [name: string, body: string, headers: object, code: string][] = [
    ["millions of rows", `title\n${many("a\n")}`, csv, "validation_failed"],
    ["millions of fields", `title\n${many(",")}`, csv, "malformed_import"],
    ["millions of columns", many(","), csv, "malformed_import"],
    ["millions of numbers", `[${many("1,")}1]`, {}, "validation_failed"],
    ["hundreds of thousands of members", `[{"title":"a",${members}}]`, {}, "validation_failed"],
    ["a depth without end", many("["), {}, "malformed_import"],
    [
      "an error in every corner",
      `[${Array(1_000).fill(`{"title":"a","tags":${tags}}`).join()}]`,
      {},
      "validation_failed",
    ],
  ];
  test.each(bombs)("%s", async (_, body, headers, code) => {
    const json = { "Content-Type": "application/json" };
    const answer = await world.ada.rest("POST", "/import", {
      body,
      headers: { ...json, ...headers },
    });
    const told = await problem(answer);
    expect(told.code).toBe(code);
    expect(told.errors.length).toBeLessThanOrEqual(100);
  });

  test("a body in tens of thousands of pieces is read all the same", async () => {
    const { ada } = world;
    const bytes = new TextEncoder().encode(`title,notes\nPieces,"${"x".repeat(9_000)}"\n`);
    const blank = new TextEncoder().encode("\n".repeat(20));
    let left = 50_000;
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(bytes),
      pull: (controller) => (left-- > 0 ? controller.enqueue(blank) : controller.close()),
    });
    const init = {
      method: "POST",
      headers: { Authorization: `Bearer ${ada.token}`, ...csv },
      body,
    };
    const url = `http://localhost:3000/api/${ada.id}/tasks/import`;
    const request = new Request(url, { ...init, duplex: "half" } as RequestInit);
    expect(await (await world.api.fetch(request)).json()).toMatchObject({ count: 1 });
  });

  test("letters that stand for sentences do not swell the search", async () => {
    const { ada } = world;
    const notes = "\ufdfa".repeat(10_000);
    const { id } = await ada.caller.task.create({ title: "Swollen", notes });
    expect((await ada.caller.task.get({ id })).notes).toBe(notes);
    const [row] = await world.database.client.$queryRaw<[{ length: number }]>`
      SELECT char_length("searchNotes") AS "length" FROM "task" WHERE "id" = ${id}::uuid`;
    expect(row.length).toBe(20_000);
  });
});

describe("over tRPC", () => {
  const call = (path: string, input: unknown, init: RequestInit = {}) =>
    world.api.fetch(
      trpcRequest(path, {
        ...(init.method ? { body: JSON.stringify(input) } : { input }),
        ...init,
        headers: { Authorization: `Bearer ${world.ada.token}`, ...init.headers },
      }),
    );

  test("an import may be as long as over REST, other calls may not", async () => {
    const headers = { "Content-Type": "application/json" };
    const text = `title,notes\nLong,${"x".repeat(9_000)}\n`.padEnd(200_000, "\n");
    const init = { method: "POST", headers };
    const answer = await call("task.import", { format: "csv", text }, init);
    expect((await answer.json()).result.data).toMatchObject({ count: 1 });
    const tooLong = text.padEnd(300_000, "\n");
    expect((await call("task.create", { title: "x", notes: tooLong }, init)).status).toBe(413);
    const two = await call(
      "task.import,task.import?batch=1",
      { 0: { format: "csv", text }, 1: { format: "csv", text } },
      init,
    );
    expect(two.status).toBe(413);
    const torn = await call("task.import", { format: "csv", text: "title\n\ud800" }, init);
    expect([torn.status, (await torn.json()).error.data.code]).toEqual([422, "validation_failed"]);
    const mixed = await call(
      "task.import,task.create?batch=1",
      { 0: { format: "csv", text } },
      init,
    );
    expect(mixed.status).toBe(413);
  });

  test("an import may have as many bytes as over REST, however JSON spells them", async () => {
    const { ada, bob } = world;
    const limit = 4 * 1024 * 1024;
    const file = "title\nAs long as may be\n".padEnd(limit, "\n");
    const headers = { "Content-Type": "application/json" };
    const rest = await bob.rest("POST", "/import", { body: file, headers: csv });
    const escaped = file.replace(
      /[\s\S]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    const keys: Record<string, string>[] = [{}, { "Idempotency-Key": '"as long as may be"' }];
    for (const key of keys) {
      const trpc = await world.api.fetch(
        trpcRequest("task.import", {
          method: "POST",
          headers: { ...headers, ...key, Authorization: `Bearer ${ada.token}` },
          body: `{"format":"csv","text":"${escaped}"}`,
        }),
      );
      expect([rest.status, trpc.status]).toEqual([200, 200]);
    }
    for (const longer of [`${file}\n`, `${file.slice(0, -1)}ä`]) {
      const body = await bob.rest("POST", "/import", { body: longer, headers: csv });
      expect((await problem(body)).code).toBe("body_too_large");
      const input = { format: "csv", text: longer };
      const text = await call("task.import", input, { method: "POST", headers });
      expect((await text.json()).error.data).toMatchObject({
        code: "validation_failed",
        errors: [{ pointer: "/text", message: "Must have at most 4194304 bytes in UTF-8." }],
      });
    }
  });

  test("an export streams, where the caller asks for a stream", async () => {
    const input = encodeURIComponent(JSON.stringify({ 0: { format: "csv" } }));
    const headers = { "trpc-accept": "application/jsonl" };
    const stream = await call(`task.export?batch=1&input=${input}`, undefined, { headers });
    expect(stream.status).toBe(200);
    expect(await stream.text()).toContain("id,title,notes");
    const whole = await call("task.export", {});
    expect(whole.status).toBe(415);
    expect((await whole.json()).error.data.code).toBe("unsupported_media_type");
  });
});

test("an import for a user who is gone is refused as the token is, at both doors", async () => {
  const { id } = await createUser(world.database.db, { name: "eve" });
  const token = await world.issue({ userId: id, sessionId: "session-of-eve" });
  await world.database.client.user.delete({ where: { id } });
  const headers = { Authorization: `Bearer ${token}`, ...csv };
  const path = `/api/${id}/tasks/import`;
  const answer = await world.api.fetch(restRequest("POST", path, { headers, body: "title\nx" }));
  expect([answer.status, (await problem(answer)).code]).toEqual([401, "token_revoked"]);
  const caller = world.callerWith(new Headers(headers));
  await expect(caller.task.import({ format: "csv", text: "title\nx" })).rejects.toMatchObject({
    code: "UNAUTHORIZED",
  });
});
