import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { createDoors } from "../src/create-api.ts";
import { createNoteTable, withNotes } from "./support/notes.ts";
import {
  absentId,
  problem,
  restRequest,
  trpcRequest,
  twoUsers,
  withoutRequestId,
} from "./support/two-users.ts";

// What a further resource gets without a line of its own: two doors that agree, and its owner's wall.
const world = twoUsers((deps) => createDoors(deps, withNotes));
beforeAll(() => world.database.client.$executeRawUnsafe(createNoteTable));

type User = "ada" | "bob";
const bearer = (user: User) => ({ Authorization: `Bearer ${world[user].token}` });

const rest = (
  user: User,
  method: string,
  path: string,
  { of = user, body, headers = {} }: { of?: User; body?: unknown; headers?: object } = {},
) =>
  world.api.fetch(
    restRequest(method, `/api/${world[of].id}/notes${path}`, {
      body,
      headers: { ...bearer(user), ...headers },
    }),
  );

const call = (user: User, name: string, input?: unknown, mutation = false) =>
  world.api.fetch(
    mutation
      ? trpcRequest(`note.${name}`, {
          method: "POST",
          headers: { ...bearer(user), "Content-Type": "application/json" },
          body: JSON.stringify(input),
        })
      : trpcRequest(`note.${name}`, { input, headers: bearer(user) }),
  );
const codeOf = async (response: Response) => (await response.json()).error?.data.code;

const create = async (user: User, text: string) =>
  (await (await rest(user, "POST", "", { body: { text } })).json()) as { id: string };

test("both doors serve it to its owner", async () => {
  const created = await rest("ada", "POST", "", { body: { text: "Hers" } });
  expect(created.status).toBe(201);
  const note = await created.json();
  expect(created.headers.get("location")).toBe(`/api/${world.ada.id}/notes/${note.id}`);
  const etag = created.headers.get("etag") ?? "";
  expect((await (await call("ada", "get", { id: note.id })).json()).result.data).toEqual(note);

  const body = { text: "Changed" };
  const stale = await rest("ada", "PATCH", `/${note.id}`, { body, headers: { "If-Match": '"7"' } });
  expect((await problem(stale)).code).toBe("version_mismatch");
  const changed = await rest("ada", "PATCH", `/${note.id}`, {
    body,
    headers: { "If-Match": etag },
  });
  expect(changed.status).toBe(200);
  const headers = { "If-None-Match": changed.headers.get("etag") };
  expect(headers["If-None-Match"]).not.toBe(etag);
  const fresh = await rest("ada", "GET", `/${note.id}`, { headers });
  expect(fresh.status).toBe(304);
  const gone = await call("ada", "delete", { id: note.id, version: 2 }, true);
  expect(gone.status).toBe(200);
  expect((await rest("ada", "GET", `/${note.id}`)).status).toBe(404);
});

test("a retry with its key creates one", async () => {
  const headers = { "Idempotency-Key": '"note-1"' };
  const send = () => rest("ada", "POST", "", { body: { text: "Once" }, headers });
  const [first, again] = [await send(), await send()];
  expect(await again.text()).toBe(await first.text());
});

describe("another user", () => {
  const requests: [method: string, body?: unknown][] = [
    ["GET"],
    ["HEAD"],
    ["PATCH", { text: "Taken" }],
    ["DELETE"],
  ];
  test.each(requests)(
    "%s: the owner's path is 403, the note is as if absent",
    async (method, body) => {
      const { id } = await create("ada", "Hers alone");
      const foreignPath = await rest("bob", method, `/${id}`, { of: "ada", body });
      expect(foreignPath.status).toBe(403);
      const foreign = await rest("bob", method, `/${id}`, { body });
      const absent = await rest("bob", method, `/${absentId}`, { body });
      expect(foreign.status).toBe(404);
      expect(await withoutRequestId(foreign)).toBe(await withoutRequestId(absent));
      expect(await (await rest("ada", "GET", `/${id}`)).json()).toMatchObject({
        text: "Hers alone",
      });
    },
  );

  test.each(["get", "update", "delete"])("note.%s finds nothing", async (name) => {
    const { id } = await create("ada", "Hers alone");
    const input = name === "update" ? { id, text: "Taken" } : { id };
    const refused = await call("bob", name, input, name !== "get");
    expect([refused.status, await codeOf(refused)]).toEqual([404, "not_found"]);
    expect((await (await rest("bob", "GET", "")).text()).includes(id)).toBe(false);
    expect((await (await call("bob", "list")).text()).includes(id)).toBe(false);
  });
});

test("what one door refuses the other does, in the same words", async () => {
  for (const body of [{}, { text: "" }, { text: 1 }, { text: "x", userId: world.bob.id }]) {
    const refused = await problem(await rest("ada", "POST", "", { body }));
    const { error } = await (await call("ada", "create", body, true)).json();
    expect(error).toMatchObject({
      message: refused.detail,
      data: { code: refused.code, errors: refused.errors },
    });
  }
  const method = await rest("ada", "PUT", `/${absentId}`, { body: { text: "x" } });
  expect([method.status, method.headers.get("allow")]).toEqual([
    405,
    "OPTIONS, HEAD, GET, PATCH, DELETE",
  ]);
  const nobody = restRequest("GET", `/api/${world.ada.id}/notes`);
  expect((await world.api.fetch(nobody)).headers.get("www-authenticate")).toBe(
    'Bearer realm="taskbridge"',
  );
});

test("the tasks are where they were", async () => {
  expect((await world.ada.rest("GET")).status).toBe(200);
});

describe("docs/guides/add-a-resource.md", () => {
  const read = (path: string) => readFile(new URL(path, import.meta.url), "utf8");

  test("promises at most 120 lines", async () => {
    const source = await read("support/notes.ts");
    expect(source.trimEnd().split("\n").length).toBeLessThanOrEqual(120);
  });

  test("shows the code that is run here, and names files that exist", async () => {
    const [source, guide] = await Promise.all([
      read("support/notes.ts"),
      read("../../../docs/guides/add-a-resource.md"),
    ]);
    const blocks = [...guide.matchAll(/```ts\n([\s\S]*?)\n```/g)].map(([, code = ""]) => code);
    expect(blocks).toHaveLength(6);
    for (const code of blocks) expect(source).toContain(code);
    const files = [...guide.matchAll(/`((?:packages|prisma)\/[\w/.-]+\.\w+)`/g)].map(
      ([, file]) => file,
    );
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) await read(`../../../${file}`);
  });
});
