import { MAX_NOTES_LENGTH } from "@taskbridge/contract";
import { beforeAll, expect, test } from "vitest";
import { createDoors } from "../src/create-api.ts";
import { routes } from "../src/rest/routes.ts";
import { appRouter } from "../src/router/index.ts";
import { absentId, problem, restRequest, trpcRequest, twoUsers } from "./support/two-users.ts";

const world = twoUsers((deps) =>
  createDoors({ ...deps, maxTasks: 60 }, { router: appRouter, routes }),
);
const MIB = 1024 * 1024;
/** Four bytes each. */
const longest = "\u{1d11e}".repeat(MAX_NOTES_LENGTH);
const COUNT = 40;

beforeAll(async () => {
  for (let n = 0; n < COUNT; n += 1) {
    await world.ada.caller.task.create({ title: `Task ${n}`, notes: longest });
  }
});

const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(" ");
const batch = (count: number, input: object) => {
  const inputs = Object.fromEntries(
    Array.from({ length: count }, (_, n) => [n, { ...input, limit: 100 - n }]),
  );
  const path = `${Array(count).fill("task.list").join()}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`;
  return trpcRequest(path, { headers: { Authorization: `Bearer ${world.ada.token}` } });
};

test("a search takes ten words at both doors, and eleven are refused with a sentence", async () => {
  expect((await world.ada.rest("GET", `?q=${words(10)}`)).status).toBe(200);
  const refused = await problem(await world.ada.rest("GET", `?q=${words(11)}`));
  expect(refused.errors).toEqual([{ pointer: "/q", message: "Must have at most 10 words." }]);
  await expect(world.ada.caller.task.list({ q: words(11) })).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
  });
  expect((await world.ada.rest("GET", `/export?q=${words(11)}`)).status).toBe(422);
});

test("a page ends where its JSON would be too long, and the next one goes on there", async () => {
  const seen: string[] = [];
  let cursor = "";
  do {
    const response = await world.ada.rest("GET", `?limit=100${cursor && `&cursor=${cursor}`}`);
    const text = await response.text();
    expect(Buffer.byteLength(text)).toBeLessThan(MIB + 4096);
    const { items, nextCursor } = JSON.parse(text);
    expect(items.length).toBeGreaterThan(cursor ? 10 : 20);
    seen.push(...items.map(({ title }: { title: string }) => title));
    cursor = nextCursor ?? "";
  } while (cursor);
  expect(new Set(seen).size).toBe(COUNT);
  expect(seen).toHaveLength(COUNT);
});

test("a batch has a bound of its own, whichever way it is answered", async () => {
  for (const type of [undefined, "application/json"]) {
    const request = batch(20, {});
    if (type) request.headers.set("Content-Type", type);
    const text = await (await world.api.fetch(request)).text();
    expect(Buffer.byteLength(text)).toBeLessThan(4 * MIB + 20 * 1024);
    const answers = JSON.parse(text);
    expect(answers).toHaveLength(20);
    for (const { result } of answers) {
      expect(result.data.items.length).toBeGreaterThan(0);
      expect(result.data.nextCursor).toEqual(expect.any(String));
    }
  }
});

test("the calls of a batch name a hundred tasks together, and the others are not carried out", async () => {
  const ids = Array.from({ length: 60 }, () => crypto.randomUUID());
  const call = { ids, completed: true };
  const request = trpcRequest("task.setCompleted,task.setCompleted?batch=1", {
    method: "POST",
    headers: { Authorization: `Bearer ${world.ada.token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ 0: call, 1: call }),
  });
  const [first, second] = await (await world.api.fetch(request)).json();
  expect(first.result.data.missing).toHaveLength(60);
  expect(second.error.data.code).toBe("validation_failed");
});

test("deleted tasks come in pages of the same length", async () => {
  const ids = (await world.ada.caller.task.list({ limit: 10 })).items.map(({ id }) => id);
  await Promise.all(ids.map((id) => world.ada.caller.task.delete({ id })));
  const page = await world.ada.caller.task.listDeleted({ limit: 100 });
  expect(page).toMatchObject({ items: { length: 10 }, nextCursor: null });
  await Promise.all(ids.map((id) => world.ada.caller.task.restore({ id })));
});

test("many query parameters are refused, however many, and cost no more than a few", async () => {
  const many = Array.from({ length: 4_600 }, (_, n) => `p${n}=`).join("&");
  const body = await problem(await world.ada.rest("GET", `?${many}`));
  expect(body.detail).toBe("Must have at most 50 parameters.");
  expect(JSON.stringify(body).length).toBeLessThan(1_000);
});

test("as many errors are told as somebody can read", async () => {
  const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`m${n}`, n]));
  const body = await problem(await world.ada.rest("POST", "", { body: { title: "", ...unknown } }));
  expect(body.errors).toHaveLength(100);
});

test("another user's calls go on while one has as many under way as there may be", async () => {
  const asked = Array.from({ length: 1_100 }, () =>
    world.api.fetch(
      restRequest("GET", `/api/${world.ada.id}/tasks/${absentId}`, {
        headers: { Authorization: `Bearer ${world.ada.token}` },
      }),
    ),
  );
  expect((await world.bob.rest("GET")).status).toBe(200);
  const answers = await Promise.all(asked);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(1_100 - 1_008);
  expect(refused[0]?.headers.get("retry-after")).toBe("1");
  expect((await (refused[0] as Response).json()).code).toBe("too_many_calls_at_once");
  expect((await world.ada.rest("GET", "?limit=1")).status).toBe(200);
});

test("exports that nobody reads hold their places, and give them back when they are cancelled", async () => {
  const unread = await Promise.all(
    Array.from({ length: 8 }, () => world.api.fetch(exportOf(world.ada.id, world.ada.token))),
  );
  const waiting = world.api.fetch(
    restRequest("GET", `/api/${world.ada.id}/tasks/counts`, {
      headers: { Authorization: `Bearer ${world.ada.token}` },
    }),
  );
  expect((await world.bob.rest("GET")).status).toBe(200);
  await unread[0]?.body?.cancel();
  expect((await waiting).status).toBe(200);
  await Promise.all(unread.slice(1).map((response) => response.body?.cancel()));
});

test.each(["HEAD", "GET"])(
  "a %s of an export whose answer is never read holds no place for long",
  async (method) => {
    const headers = { Authorization: `Bearer ${world.ada.token}` };
    const listed = () => world.ada.rest("GET", "?limit=1").then(({ status }) => status);
    const rest = restRequest(method, `/api/${world.ada.id}/tasks/export`, { headers });
    for (let n = 0; n < 9; n += 1) await (await world.api.fetch(rest.clone())).body?.cancel();
    expect(await listed()).toBe(200);
    for (const accept of ["application/json", "application/jsonl"]) {
      const more = { ...headers, "trpc-accept": accept };
      const trpc = trpcRequest("task.export", { method, headers: more });
      for (let n = 0; n < 9; n += 1) await (await world.api.fetch(trpc.clone())).body?.cancel();
      expect(await listed(), accept).toBe(200);
    }
  },
);

const exportOf = (id: string, token: string) =>
  restRequest("GET", `/api/${id}/tasks/export`, { headers: { Authorization: `Bearer ${token}` } });

const keyed = (path: string, body: object, key: string) =>
  world.ada.rest("POST", path, { body, headers: { "Idempotency-Key": `"${key}"` } });

test("a long answer is kept as references, and is the same again where nothing has changed", async () => {
  const { items } = await world.ada.caller.task.list({ limit: 5, sort: "title" });
  const ids = [...items.map(({ id }) => id), "no-task"];
  const first = await (await keyed("/set-completed", { ids, completed: true }, "many")).text();
  const [kept] = await world.database.client.idempotencyRecord.findMany({
    where: { userId: world.ada.id, key: "many" },
  });
  expect(kept?.body.length).toBeLessThan(1_000);
  const again = await keyed("/set-completed", { ids, completed: true }, "many");
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(await again.text()).toBe(first);

  const [changed, gone] = ids as [string, string];
  await world.ada.caller.task.update({ id: changed, title: "Changed" });
  await world.ada.caller.task.delete({ id: gone });
  const later = await (await keyed("/set-completed", { ids, completed: true }, "many")).json();
  expect(later.items.map(({ id }: { id: string }) => id)).toEqual(
    ids.filter((id) => id !== gone && id !== "no-task"),
  );
  expect(later.items[0].title).toBe("Changed");
  expect(later.missing).toEqual(["no-task", gone]);
});

test("a long task that was made under a key comes again with its tag, or is not found any more", async () => {
  const first = await keyed("", { title: "Kept", notes: longest }, "long");
  const again = await keyed("", { title: "Kept", notes: longest }, "long");
  expect([again.status, again.headers.get("etag")]).toEqual([201, first.headers.get("etag")]);
  const { id } = await first.json();
  expect(await again.json()).toMatchObject({ id, notes: longest });
  await world.ada.caller.task.delete({ id });
  const gone = await keyed("", { title: "Kept", notes: longest }, "long");
  expect((await problem(gone)).code).toBe("task_not_found");
});

test("a user has so many tasks and no more, however they come and however many at once", async () => {
  const create = (title: string) => world.bob.rest("POST", "", { body: { title } });
  const answers = await Promise.all(Array.from({ length: 70 }, (_, n) => create(`Task ${n}`)));
  const made = answers.filter(({ status }) => status === 201);
  const count = async () => (await world.bob.caller.task.counts({})).open;
  expect(await count()).toBe(made.length);
  expect(made.length).toBeLessThanOrEqual(60);
  while ((await count()) < 60) expect((await create("One more")).status).toBe(201);
  const refused = await problem(await create("Too many"));
  expect(refused).toMatchObject({ status: 422, code: "too_many_tasks" });

  const { id } = await (made[0] as Response).json();
  await world.bob.caller.task.delete({ id });
  const two = await world.bob.rest("POST", "/import", { body: [{ title: "a" }, { title: "b" }] });
  expect((await problem(two)).code).toBe("too_many_tasks");
  const one = await world.bob.rest("POST", "/import", { body: [{ title: "a" }] });
  expect(one.status).toBe(200);
  const restored = await world.bob.rest("POST", `/${id}/restore`);
  expect((await problem(restored)).code).toBe("too_many_tasks");
  expect(await count()).toBe(60);
});
