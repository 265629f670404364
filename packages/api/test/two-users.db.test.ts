import { describe, expect, test } from "vitest";
import { absentId, twoUsers, withoutRequestId } from "./support/two-users.ts";

// Each endpoint twice: its owner is let in, the other user is kept out and changes nothing.
const world = twoUsers();

describe("tRPC", () => {
  test("list answers one's own tasks alone", async () => {
    const { ada, bob } = world;
    await ada.caller.task.create({ title: "Ada's list entry" });
    expect((await ada.caller.task.list()).items.map((task) => task.title)).toContain(
      "Ada's list entry",
    );
    expect((await bob.caller.task.list()).items.map((task) => task.title)).not.toContain(
      "Ada's list entry",
    );
  });

  test("get, update and delete reach one's own task and no other's", async () => {
    const { ada, bob } = world;
    const task = await ada.caller.task.create({ title: "Ada's" });
    const missing = { code: "NOT_FOUND", message: "There is no such task." };

    await expect(bob.caller.task.get({ id: task.id })).rejects.toMatchObject(missing);
    await expect(bob.caller.task.update({ id: task.id, title: "Bob's" })).rejects.toMatchObject(
      missing,
    );
    await expect(
      bob.caller.task.update({ id: task.id, version: 1, completed: true }),
    ).rejects.toMatchObject(missing);
    await expect(bob.caller.task.delete({ id: task.id })).rejects.toMatchObject(missing);
    await expect(bob.caller.task.delete({ id: task.id, version: 1 })).rejects.toMatchObject(
      missing,
    );

    expect(await ada.caller.task.get({ id: task.id })).toEqual(task);
    expect(await ada.caller.task.update({ id: task.id, title: "Hers" })).toMatchObject({
      title: "Hers",
      version: 2,
    });
    expect(await ada.caller.task.delete({ id: task.id })).toEqual({ id: task.id });
    await expect(ada.caller.task.get({ id: task.id })).rejects.toMatchObject(missing);
  });

  test("create gives the task to the token's user, and takes no other", async () => {
    const { ada, bob } = world;
    const hostile = { title: "Foisted", userId: bob.id };
    await expect(ada.caller.task.create(hostile)).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
    const task = await ada.caller.task.create({ title: "Own" });
    await expect(bob.caller.task.get({ id: task.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("listDeleted and restore reach one's own deleted task and no other's", async () => {
    const { ada, bob } = world;
    const task = await ada.caller.task.create({ title: "Ada's deleted" });
    await ada.caller.task.delete({ id: task.id });
    const missing = { code: "NOT_FOUND", message: "There is no such task." };

    expect((await bob.caller.task.listDeleted()).items).toEqual([]);
    await expect(bob.caller.task.restore({ id: task.id })).rejects.toMatchObject(missing);
    expect((await ada.caller.task.listDeleted()).items[0]).toMatchObject({ id: task.id });
    expect(await ada.caller.task.restore({ id: task.id })).toMatchObject({ title: task.title });
    await expect(bob.caller.task.get({ id: task.id })).rejects.toMatchObject(missing);
  });

  test("setCompleted completes one's own tasks; another's is missing like one that is not", async () => {
    const { ada, bob } = world;
    const theirs = await ada.caller.task.create({ title: "Ada's" });
    const own = await bob.caller.task.create({ title: "Bob's" });
    const ids = [theirs.id, own.id, absentId, "no-id"];
    const answer = await bob.caller.task.setCompleted({ ids, completed: true });
    expect(answer.items).toMatchObject([{ id: own.id, completed: true, version: 2 }]);
    expect(answer.missing).toEqual([theirs.id, absentId, "no-id"]);
    expect(await ada.caller.task.get({ id: theirs.id })).toEqual(theirs);
  });

  test("changeMany changes one's own tasks; another's is missing like one that is not", async () => {
    const { ada, bob } = world;
    const theirs = await ada.caller.task.create({ title: "Ada's living" });
    const gone = await ada.caller.task.create({ title: "Ada's deleted one" });
    await ada.caller.task.delete({ id: gone.id });
    const own = await bob.caller.task.create({ title: "Bob's" });
    const ids = [theirs.id, gone.id, own.id, absentId, "no-id"];
    const missing = ids.filter((id) => id !== own.id);
    for (const change of [{ priority: "high" as const }, { addTag: "taken" }, { deleted: true }]) {
      expect(await bob.caller.task.changeMany({ ids, change })).toEqual({ count: 1, missing });
    }
    const back = await bob.caller.task.changeMany({ ids, change: { deleted: false } });
    expect(back).toEqual({ count: 1, missing });
    expect(await ada.caller.task.get({ id: theirs.id })).toEqual(theirs);
    expect(await ada.caller.task.restore({ id: gone.id })).toMatchObject({ title: gone.title });
  });

  test("clearCompleted deletes one's own completed tasks alone", async () => {
    const { ada, bob } = world;
    const theirs = await ada.caller.task.create({ title: "Ada's done", completed: true });
    await bob.caller.task.clearCompleted();
    await bob.caller.task.create({ title: "Bob's done", completed: true });
    expect(await bob.caller.task.clearCompleted()).toEqual({ count: 1 });
    expect(await ada.caller.task.get({ id: theirs.id })).toEqual(theirs);
  });

  test("counts counts one's own tasks alone", async () => {
    const { ada, bob } = world;
    const before = await bob.caller.task.counts();
    const fields = { dueDate: "2001-01-01", tags: ["Ada's tag"] };
    await ada.caller.task.create({ title: "Counted", ...fields });
    expect(await bob.caller.task.counts()).toEqual(before);
    const counts = await ada.caller.task.counts();
    expect(counts.tags).toContainEqual({ tag: "Ada's tag", open: 1, completed: 0 });
  });

  test("whoami tells each user of themselves", async () => {
    const { ada, bob } = world;
    expect(await ada.caller.session.whoami()).toMatchObject({
      userId: ada.id,
      sessionId: "session-of-ada",
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect((await bob.caller.session.whoami()).userId).toBe(bob.id);
  });

  test("a cursor of one user opens nothing to another", async () => {
    const { ada, bob } = world;
    await ada.caller.task.create({ title: "One" });
    await ada.caller.task.create({ title: "Two" });
    const { nextCursor } = await ada.caller.task.list({ limit: 1 });
    expect(nextCursor).toEqual(expect.any(String));
    await expect(
      bob.caller.task.list({ limit: 1, cursor: String(nextCursor) }),
    ).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  });
});

describe("REST", () => {
  const requests: [
    method: string,
    path: (id: string) => string,
    body?: object | ((id: string) => object),
  ][] = [
    ["GET", () => ""],
    ["POST", () => "", { title: "Bob's" }],
    ["GET", (id) => `/${id}`],
    ["HEAD", (id) => `/${id}`],
    ["PATCH", (id) => `/${id}`, { title: "Bob's" }],
    ["PUT", (id) => `/${id}`, { title: "Bob's" }],
    ["DELETE", (id) => `/${id}`],
    ["POST", (id) => `/${id}/restore`],
  ];
  const many: typeof requests = [
    ["GET", () => "/deleted"],
    ["POST", () => "/set-completed", (id: string) => ({ ids: [id], completed: true })],
    ["POST", () => "/change-many", (id: string) => ({ ids: [id], change: { deleted: true } })],
    ["POST", () => "/clear-completed"],
    ["GET", () => "/counts"],
  ];

  test.each([...requests, ...many])(
    "%s under another user's path is 403 and changes nothing",
    async (...row) => {
      const { ada, bob } = world;
      const [method, path, given] = row;
      const task = await ada.caller.task.create({ title: "Ada's", completed: true });
      const body = typeof given === "function" ? given(task.id) : given;
      const before = await ada.caller.task.list({ limit: 100 });

      const answer = await bob.rest(method, path(task.id), { of: ada.id, body });
      expect(answer.status).toBe(403);
      const nobody = await bob.rest(method, path(task.id), { of: "nobody", body });
      expect(await withoutRequestId(answer)).toBe(await withoutRequestId(nobody));
      expect(await ada.caller.task.list({ limit: 100 })).toEqual(before);
    },
  );

  test.each(requests.slice(2))(
    "%s of another's task is the 404 of a missing one",
    async (...row) => {
      const { ada, bob } = world;
      const [method, path, body] = row;
      const task = await ada.caller.task.create({ title: "Ada's" });
      const headers: Record<string, string> = method === "PUT" ? { "If-Match": "*" } : {};

      const foreign = await bob.rest(method, path(task.id), { body, headers });
      const absent = await bob.rest(method, path(absentId), { body, headers });
      const nonsense = await bob.rest(method, path("no-id"), { body, headers });
      expect(foreign.status).toBe(404);
      const text = await withoutRequestId(foreign);
      expect(await withoutRequestId(absent)).toBe(text);
      expect(await withoutRequestId(nonsense)).toBe(text);
      expect(await ada.caller.task.get({ id: task.id })).toEqual(task);
    },
  );

  test("restoring another's deleted task is the 404 of a missing one", async () => {
    const { ada, bob } = world;
    const { id } = await ada.caller.task.create({ title: "Ada's" });
    await ada.caller.task.delete({ id });
    const foreign = await bob.rest("POST", `/${id}/restore`);
    const absent = await bob.rest("POST", `/${absentId}/restore`);
    expect(foreign.status).toBe(404);
    expect(await withoutRequestId(foreign)).toBe(await withoutRequestId(absent));
    expect((await ada.rest("POST", `/${id}/restore`)).status).toBe(200);
  });

  test("what concerns many tasks concerns one's own", async () => {
    const { ada, bob } = world;
    const { id } = await ada.caller.task.create({ title: "Ada's", completed: true });
    const { id: deleted } = await ada.caller.task.create({ title: "Ada's deleted" });
    await ada.caller.task.delete({ id: deleted });

    const set = await bob.rest("POST", "/set-completed", { body: { ids: [id], completed: false } });
    expect(await set.json()).toEqual({ items: [], missing: [id] });
    expect((await bob.rest("POST", "/clear-completed")).status).toBe(200);
    expect(await (await bob.rest("GET", "/deleted")).text()).not.toContain(deleted);
    expect(await ada.caller.task.get({ id })).toMatchObject({ completed: true, version: 1 });

    const own = await (await ada.rest("GET", "/deleted")).json();
    expect(own.items[0]).toMatchObject({ id: deleted, deletedAt: expect.stringMatching(/Z$/) });
    const counts = await (await ada.rest("GET", "/counts")).json();
    expect(counts).toEqual(await ada.caller.task.counts());
  });

  test("each user's own path serves each user's own tasks", async () => {
    const { ada, bob } = world;
    const created = await bob.rest("POST", "", { body: { title: "Bob's own" } });
    expect(created.status).toBe(201);
    const { id } = await created.json();
    expect((await bob.rest("GET", `/${id}`)).status).toBe(200);
    expect((await bob.rest("PATCH", `/${id}`, { body: { completed: true } })).status).toBe(200);
    expect(JSON.stringify(await (await ada.rest("GET")).json())).not.toContain(id);
    expect((await bob.rest("DELETE", `/${id}`)).status).toBe(204);
    expect((await bob.rest("GET", `/${id}`)).status).toBe(404);
  });
});
