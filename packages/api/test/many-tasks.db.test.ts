import { MAX_COUNTED_TAGS, setCompletedAnswerSchema, taskCountsSchema } from "@taskbridge/contract";
import { beforeEach, describe, expect, test } from "vitest";
import { absentId, problem, twoUsers } from "./support/two-users.ts";

const world = twoUsers();
const create = (title: string, rest: object = {}) =>
  world.ada.caller.task.create({ title, ...rest });

beforeEach(async () => {
  const { caller } = world.ada;
  const { items } = await caller.task.list({ limit: 100 });
  for (const { id } of items) await caller.task.delete({ id });
});

describe("setCompleted", () => {
  test("completes and opens, in the order of the ids, and leaves what is so already", async () => {
    const { caller } = world.ada;
    const open = await create("Open");
    const done = await create("Done", { completed: true });
    const ids = [done.id, open.id.toUpperCase()];
    const answer = await caller.task.setCompleted({ ids, completed: true });
    expect(setCompletedAnswerSchema.parse(answer).items).toEqual([
      done,
      expect.objectContaining({ id: open.id, completed: true, version: 2 }),
    ]);
    expect(answer.missing).toEqual([]);

    const opened = await caller.task.setCompleted({ ids: [open.id], completed: false });
    expect(opened.items).toMatchObject([{ completed: false, completedAt: null, version: 3 }]);
  });

  test("tells what is absent, deleted or no id, as it was named", async () => {
    const { id: deleted } = await create("Deleted");
    await world.ada.caller.task.delete({ id: deleted });
    const ids = [absentId, deleted.toUpperCase(), "no-id", ""];
    const answer = await world.ada.caller.task.setCompleted({ ids, completed: true });
    expect(answer).toEqual({ items: [], missing: ids });
  });

  test("over REST too", async () => {
    const { id } = await create("REST");
    const body = { ids: [id, absentId], completed: true };
    const answer = await world.ada.rest("POST", "/set-completed", { body });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ items: [{ id, version: 2 }], missing: [absentId] });
  });

  test.each([
    [{ ids: [], completed: true }, "/ids"],
    [{ ids: Array.from({ length: 101 }, String), completed: true }, "/ids"],
    [{ ids: ["a", "A"], completed: true }, "/ids"],
    [{ ids: [1], completed: true }, "/ids/0"],
    [{ ids: ["a"] }, "/completed"],
    [{ ids: ["a"], completed: "true" }, "/completed"],
    [{ ids: ["a"], completed: true, userId: "b" }, "/userId"],
  ])("refuses %o", async (body, pointer) => {
    const refused = await world.ada.rest("POST", "/set-completed", { body });
    expect(refused.status).toBe(422);
    expect((await problem(refused)).errors[0].pointer).toBe(pointer);
    const input = body as { ids: string[]; completed: boolean };
    await expect(world.ada.caller.task.setCompleted(input)).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
  });

  test("many at once, in any order of ids, all succeed", async () => {
    const { caller } = world.ada;
    const tasks = await Promise.all(Array.from({ length: 10 }, (_, at) => create(`${at}`)));
    const ids = tasks.map(({ id }) => id);
    const reversed = [...ids].reverse();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        caller.task.setCompleted({ ids: at % 2 ? ids : reversed, completed: at % 4 < 2 }),
      ),
    );
    expect(answers.flatMap(({ missing }) => missing)).toEqual([]);
    expect(answers.every(({ items }) => items.length === ids.length)).toBe(true);
  });
});

describe("changeMany", () => {
  const all = async () => (await world.ada.caller.task.list({ limit: 100 })).items;

  test.each([
    [{ completed: true }, { completed: true, completedAt: expect.any(String) }],
    [{ priority: "high" as const }, { priority: "high" }],
    [{ dueDate: "2031-01-31" }, { dueDate: "2031-01-31" }],
    [{ addTag: "both" }, { tags: ["home", "both"] }],
    [{ removeTag: "home" }, { tags: [] }],
  ])("%o is made once, however often it is asked for", async (change, after) => {
    const { caller } = world.ada;
    const ids = [(await create("One", { tags: ["home"] })).id, (await create("Two")).id];
    await caller.task.update({ id: String(ids[1]), tags: ["home"] });
    for (const _ of ["asked", "asked again"]) {
      const named = [...ids.map((id) => id.toUpperCase()), absentId];
      const answer = await caller.task.changeMany({ ids: named, change });
      expect(answer).toEqual({ count: 2, missing: [absentId] });
    }
    expect(await all()).toMatchObject([
      { ...after, version: 3 },
      { ...after, version: 2 },
    ]);
  });

  test("deletes and brings back, each once", async () => {
    const { caller } = world.ada;
    const tasks = [await create("One"), await create("Two")];
    const ids = tasks.map(({ id }) => id);
    const asked = (deleted: boolean) => caller.task.changeMany({ ids, change: { deleted } });
    expect(await asked(false)).toEqual({ count: 0, missing: ids });
    expect(await asked(true)).toEqual({ count: 2, missing: [] });
    expect(await asked(true)).toEqual({ count: 0, missing: ids });
    expect(await all()).toEqual([]);
    expect(await asked(false)).toEqual({ count: 2, missing: [] });
    expect(await asked(false)).toEqual({ count: 0, missing: ids });
    expect(await all()).toMatchObject([
      { title: "Two", version: 2 },
      { title: "One", version: 2 },
    ]);
  });

  test("over REST takes back what an import has added, and nothing else", async () => {
    const before = await create("Was there");
    const body = [{ title: "Was there" }, { title: "New" }];
    const { count, ids } = await (await world.ada.rest("POST", "/import", { body })).json();
    expect([count, ids.length]).toEqual([2, 2]);
    const change = { deleted: true };
    const answer = await world.ada.rest("POST", "/change-many", { body: { ids, change } });
    expect([answer.status, await answer.json()]).toEqual([200, { count: 2, missing: [] }]);
    expect(await all()).toEqual([before]);
  });

  test("gives no task more tags than it may have", async () => {
    const tags = Array.from({ length: 20 }, (_, at) => `t${at}`);
    const { id } = await create("Full", { tags });
    await world.ada.caller.task.changeMany({ ids: [id], change: { addTag: "one more" } });
    expect((await all())[0]).toMatchObject({ tags, version: 1 });
  });

  test.each([
    [{ ids: ["a"], change: {} }, "/change"],
    [{ ids: ["a"], change: { completed: true, deleted: true } }, "/change"],
    [{ ids: ["a"], change: { title: "x" } }, "/change/title"],
    [{ ids: ["a"], change: { priority: "urgent" } }, "/change/priority"],
    [{ ids: ["a"], change: { addTag: " " } }, "/change/addTag"],
    [{ ids: [], change: { deleted: true } }, "/ids"],
    [{ ids: ["a", "A"], change: { deleted: true } }, "/ids"],
    [{ ids: Array.from({ length: 1_001 }, String), change: { deleted: true } }, "/ids"],
    [{ ids: ["a"], change: { deleted: true }, userId: "b" }, "/userId"],
  ])("refuses %#", async (body, pointer) => {
    const refused = await world.ada.rest("POST", "/change-many", { body });
    expect(refused.status).toBe(422);
    expect(
      (await problem(refused)).errors.map((error: { pointer: string }) => error.pointer),
    ).toContain(pointer);
  });
});

describe("clearCompleted", () => {
  test("deletes what is completed, says how many, and can be undone", async () => {
    const { caller } = world.ada;
    const open = await create("Open");
    const done = [await create("A", { completed: true }), await create("B", { completed: true })];
    const answer = await world.ada.rest("POST", "/clear-completed");
    expect([answer.status, await answer.json()]).toEqual([200, { count: 2 }]);
    expect((await caller.task.list()).items).toEqual([open]);
    expect(await caller.task.clearCompleted()).toEqual({ count: 0 });
    const [a] = done;
    expect(await caller.task.restore({ id: String(a?.id) })).toMatchObject({
      title: "A",
      version: 2,
    });
  });
});

describe("counts", () => {
  test("counts what is open, completed, overdue, due today and upcoming, and each tag", async () => {
    await create("Overdue", { dueDate: "2026-01-01", tags: ["b", "Élan"] });
    await create("Due today", { dueDate: "2026-01-02", tags: ["b"] });
    await create("Due tomorrow", { dueDate: "2026-01-03" });
    await create("Due some day", { dueDate: "2036-01-03" });
    await create("Done", { dueDate: "2026-01-02", completed: true });
    await create("Done early", { dueDate: "2026-01-03", completed: true });
    await create("Without a day");
    await create("Done late", { dueDate: "2026-01-01", completed: true, tags: ["b", "f"] });
    const { id } = await create("Deleted", { dueDate: "2026-01-01", tags: ["b", "gone"] });
    await world.ada.caller.task.delete({ id });

    const counts = await world.ada.caller.task.counts({ today: "2026-01-02" });
    expect(taskCountsSchema.parse(counts)).toEqual({
      open: 5,
      completed: 3,
      overdue: 1,
      today: 1,
      upcoming: 2,
      tags: [
        { tag: "b", open: 2, completed: 1 },
        { tag: "Élan", open: 1, completed: 0 },
        { tag: "f", open: 0, completed: 1 },
      ],
    });
    const rest = await world.ada.rest("GET", "/counts?today=2026-01-02");
    expect([rest.status, await rest.json()]).toEqual([200, counts]);
    const dayAfter = await world.ada.caller.task.counts({ today: "2026-01-03" });
    expect(dayAfter).toMatchObject({ overdue: 2, today: 1, upcoming: 1 });
  });

  test("of nothing are zero", async () => {
    expect(await world.bob.caller.task.counts()).toEqual({
      open: 0,
      completed: 0,
      overdue: 0,
      today: 0,
      upcoming: 0,
      tags: [],
    });
  });

  test("today is today in UTC", async () => {
    const day = (from: number) =>
      new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
    await create("Days ago", { dueDate: day(-2) });
    await create("In some days", { dueDate: day(2) });
    await create("In some more", { dueDate: day(3) });
    const counts = await world.ada.caller.task.counts();
    expect(counts).toMatchObject({ overdue: 1, today: 0, upcoming: 2 });
  });

  test("the tags that most tasks have are kept where there are too many", async () => {
    const tags = Array.from({ length: MAX_COUNTED_TAGS + 10 }, (_, at) => `t${at}`);
    for (let at = 0; at < tags.length; at += 20)
      await create("T", { tags: tags.slice(at, at + 20) });
    await create("Again", { tags: ["t209"] });
    const counts = await world.ada.caller.task.counts();
    expect(counts.tags).toHaveLength(MAX_COUNTED_TAGS);
    expect(counts.tags).toContainEqual({ tag: "t209", open: 2, completed: 0 });
  });

  test.each(["?today=2026-02-30", "?today=", "?day=2026-01-01"])("refuses %s", async (query) => {
    expect((await world.ada.rest("GET", `/counts${query}`)).status).toBe(422);
  });
});
