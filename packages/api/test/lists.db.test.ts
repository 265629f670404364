import { beforeAll, describe, expect, test } from "vitest";
import { twoUsers } from "./support/two-users.ts";

const world = twoUsers();
const titles = async (input: Parameters<typeof world.ada.caller.task.list>[0]) =>
  (await world.ada.caller.task.list(input)).items.map((task) => task.title);

beforeAll(async () => {
  const { caller } = world.ada;
  const at = (title: string, rest: object = {}) => caller.task.create({ title, ...rest });
  await at("Écrire", { dueDate: "2026-03-01", priority: "high", tags: ["home"] });
  await at("apple 100%", { dueDate: "2026-01-01", notes: "buy_two\\three" });
  await at("Zebra", { completed: true, priority: "low", tags: ["zoo", "home"] });
  await at("banana", { dueDate: "2026-02-01", priority: "medium" });
  await at("apple", { priority: "high" });
  // Another user's rows must not show in any list below.
  await world.bob.caller.task.create({ title: "apple of Bob", tags: ["home"], priority: "high" });
});

describe("sorts", () => {
  test.each([
    [{}, ["apple", "banana", "Zebra", "apple 100%", "Écrire"]],
    [{ order: "asc" }, ["Écrire", "apple 100%", "Zebra", "banana", "apple"]],
    [{ sort: "title" }, ["apple", "apple 100%", "banana", "Écrire", "Zebra"]],
    [{ sort: "title", order: "desc" }, ["Zebra", "Écrire", "banana", "apple 100%", "apple"]],
    [{ sort: "due" }, ["apple 100%", "banana", "Écrire", "Zebra", "apple"]],
    [{ sort: "due", order: "desc" }, ["Écrire", "banana", "apple 100%", "apple", "Zebra"]],
    [{ sort: "priority" }, ["apple", "Écrire", "banana", "Zebra", "apple 100%"]],
  ] as const)("%o", async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  test.each(["created", "due", "priority", "title"] as const)(
    "by %s, pages neither repeat nor skip, either way, while rows come and go",
    async (sort) => {
      const { caller } = world.ada;
      for (const order of ["asc", "desc"] as const) {
        const whole = await titles({ sort, order, limit: 100 });
        const seen: string[] = [];
        let cursor: string | null | undefined;
        do {
          const passing = await caller.task.create({ title: `passing ${seen.length}` });
          const page = await caller.task.list({
            sort,
            order,
            limit: 2,
            cursor: cursor ?? undefined,
          });
          await caller.task.delete({ id: passing.id });
          seen.push(...page.items.map((task) => task.title));
          cursor = page.nextCursor;
        } while (cursor);
        expect(seen.filter((title) => !title.startsWith("passing"))).toEqual(whole);
      }
    },
  );
});

describe("filters", () => {
  test.each([
    [{ status: "open", sort: "title" }, ["apple", "apple 100%", "banana", "Écrire"]],
    [{ status: "completed" }, ["Zebra"]],
    [{ priority: "high", sort: "title" }, ["apple", "Écrire"]],
    [{ tag: "home", sort: "title" }, ["Écrire", "Zebra"]],
    [{ dueBefore: "2026-02-01" }, ["apple 100%"]],
    [{ dueAfter: "2026-02-01" }, ["Écrire"]],
    [{ dueAfter: "2026-01-01", dueBefore: "2026-03-01" }, ["banana"]],
    [{ q: "APPLE", sort: "title" }, ["apple", "apple 100%"]],
    [{ q: "apple buy" }, ["apple 100%"]],
    [{ q: "0%" }, ["apple 100%"]],
    [{ q: "%" }, ["apple 100%"]],
    [{ q: "_" }, ["apple 100%"]],
    [{ q: "two\\three" }, ["apple 100%"]],
    [{ q: "écr" }, ["Écrire"]],
    [{ q: "ecrire" }, ["Écrire"]],
    [{ q: "pear" }, []],
  ] as const)("%o", async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });
});

describe("cursors", () => {
  test("hold for their query alone, and not when changed", async () => {
    const { caller } = world.ada;
    const { nextCursor } = await caller.task.list({ limit: 1, sort: "title" });
    const cursor = String(nextCursor);
    const invalid = { code: "UNPROCESSABLE_CONTENT" };
    await expect(caller.task.list({ limit: 1, sort: "due", cursor })).rejects.toMatchObject(
      invalid,
    );
    await expect(
      caller.task.list({ limit: 1, sort: "title", status: "open", cursor }),
    ).rejects.toMatchObject(invalid);
    for (let at = 0; at < cursor.length; at += 1) {
      const other = cursor[at] === "A" ? "B" : "A";
      const changed = cursor.slice(0, at) + other + cursor.slice(at + 1);
      await expect(
        caller.task.list({ limit: 1, sort: "title", cursor: changed }),
      ).rejects.toMatchObject(invalid);
    }
    const rest = await caller.task.list({ limit: 100, sort: "title", cursor });
    expect(rest.items).toHaveLength(4);
    expect(rest.nextCursor).toBeNull();
  });
});
