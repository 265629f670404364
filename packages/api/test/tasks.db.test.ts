import { describe, expect, test } from "vitest";
import { twoUsers } from "./support/two-users.ts";

const world = twoUsers();

describe("a task", () => {
  test("has its defaults", async () => {
    expect(await world.ada.caller.task.create({ title: "  Trimmed " })).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      title: "Trimmed",
      notes: "",
      completed: false,
      completedAt: null,
      dueDate: null,
      priority: "none",
      tags: [],
      version: 1,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
  });

  test("keeps every field as it was given, at the limits too", async () => {
    const fields = {
      title: "😀".repeat(200),
      notes: `${"n".repeat(9_990)}\r\n\t"'\\%_`,
      completed: true,
      dueDate: "0001-01-01",
      priority: "medium" as const,
      tags: Array.from({ length: 20 }, (_, at) => `${at}`.padEnd(50, "é")),
    };
    const task = await world.ada.caller.task.create(fields);
    expect(await world.ada.caller.task.get({ id: task.id })).toMatchObject(fields);
    const last = await world.ada.caller.task.create({ title: "x", dueDate: "9999-12-31" });
    expect(last.dueDate).toBe("9999-12-31");
  });

  test.each([
    { title: "" },
    { title: "   " },
    { title: "x".repeat(201) },
    { title: "a\u0000b" },
    { title: "half \ud800" },
    { title: "x", notes: "n".repeat(10_001) },
    { title: "x", dueDate: "2026-02-29" },
    { title: "x", dueDate: "0000-01-01" },
    { title: "x", dueDate: "2026-01-01T00:00:00Z" },
    { title: "x", tags: ["a", "a"] },
    { title: "x", tags: Array.from({ length: 21 }, String) },
    { title: "x", completed: 1 },
    { title: "x", version: 3 },
  ])("is refused as %o", async (input) => {
    await expect(world.ada.caller.task.create(input as { title: string })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
  });

  test("completes once, and opens again", async () => {
    const { caller } = world.ada;
    const { id } = await caller.task.create({ title: "Tick" });
    const ticked = await caller.task.update({ id, completed: true });
    expect(ticked.completedAt).toEqual(expect.any(String));
    const renamed = await caller.task.update({ id, completed: true, title: "Ticked" });
    expect(renamed.completedAt).toBe(ticked.completedAt);
    expect(await caller.task.update({ id, completed: false })).toMatchObject({
      completed: false,
      completedAt: null,
    });
  });

  test("does not change by a change to what it is", async () => {
    const { caller } = world.ada;
    const task = await caller.task.create({ title: "Same" });
    expect(await caller.task.update({ id: task.id, title: "Same", tags: [] })).toEqual(task);
    expect(await caller.task.update({ id: task.id })).toEqual(task);
  });

  test("sorts and is found by letters that take much room in an index", async () => {
    const { caller } = world.ada;
    const { id } = await caller.task.create({ title: "\ufdfa".repeat(200) });
    const { items } = await caller.task.list({ sort: "title", order: "desc" });
    expect(items.map((task) => task.id)).toContain(id);
  });

  test("is found by its id in either case", async () => {
    const { caller } = world.ada;
    const { id } = await caller.task.create({ title: "Case" });
    expect((await caller.task.get({ id: id.toUpperCase() })).id).toBe(id);
  });
});

describe("racing edits", () => {
  test("with a version: one winner", async () => {
    const { caller } = world.ada;
    const { id } = await caller.task.create({ title: "Race" });
    const edits = Array.from({ length: 20 }, (_, at) =>
      caller.task.update({ id, version: 1, title: `Edit ${at}` }),
    );
    const done = (await Promise.allSettled(edits)).filter(({ status }) => status === "fulfilled");
    expect(done).toHaveLength(1);
    expect((await caller.task.get({ id })).version).toBe(2);
  });

  test("without: none is lost", async () => {
    const { caller } = world.ada;
    const { id } = await caller.task.create({ title: "Race" });
    await Promise.all([
      caller.task.update({ id, notes: "noted" }),
      caller.task.update({ id, priority: "high" }),
      caller.task.update({ id, tags: ["t"] }),
      caller.task.update({ id, completed: true }),
    ]);
    expect(await caller.task.get({ id })).toMatchObject({
      notes: "noted",
      priority: "high",
      tags: ["t"],
      completed: true,
      version: 5,
    });
  });
});
