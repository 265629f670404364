import {
  compareTags,
  compareTitleKeys,
  type Task,
  type TaskQuery,
  taskCreateSchema,
  taskHasWords,
  taskQuerySchema,
  titleKey,
} from "@taskbridge/contract";
import { createScope, type OwnerScope } from "@taskbridge/db";
import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTaskService } from "../src/index.ts";

let clock = Date.UTC(2026, 11, 1);
const tasks = createTaskService({
  cursorKey: new Uint8Array(32).fill(7),
  now: () => new Date(clock),
});
let database: TestDatabase;
let ada: OwnerScope;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  const { id } = await createUser(database.db);
  ada = createScope(database.db, { userId: id });
});
afterAll(() => database.drop());

const create = (input: { title: string; notes?: string; tags?: string[] }) =>
  tasks.create(ada, taskCreateSchema.parse(input));
const titlesOf = (found: readonly Task[]) => found.map(({ title }) => title);

async function all(asked: Partial<TaskQuery>): Promise<Task[]> {
  const found: Task[] = [];
  let cursor: string | undefined;
  do {
    const page = await tasks.list(ada, taskQuerySchema.parse({ ...asked, cursor }));
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

// What is likely to be told apart wrongly: signs, accents, numbers, other scripts, and all above U+FFFF.
const character = fc.constantFrom(
  ...[..."abzABZäöüßÄÖÜéłØ0129 -–.,'’„#%_\\!🦄𠀀\ufffd\uffee中가йі\u0301\u00ad\u200b\u0001\n"],
);
const word = fc.string({ unit: character, minLength: 1, maxLength: 6 });
const title = word.filter((text) => text.trim() !== "" && text.isWellFormed());
const tag = fc.constantFrom("Haushalt", "Küche", "home, garden", "#1", "a-b");
const drafts = fc.array(
  fc.record({ title, notes: word, tags: fc.uniqueArray(tag, { maxLength: 2 }) }),
  { minLength: 1, maxLength: 15 },
);

test("the database lists by title, and finds by words, what the page does by itself", async () => {
  await fc.assert(
    fc.asyncProperty(drafts, fc.array(word, { maxLength: 3 }), async (given, words) => {
      const { id } = await createUser(database.db);
      ada = createScope(database.db, { userId: id });
      const made: Task[] = [];
      for (const draft of given) made.push(await create(draft));
      made.sort(
        (a, b) => compareTitleKeys(titleKey(a.title), titleKey(b.title)) || (a.id < b.id ? -1 : 1),
      );
      expect(titlesOf(await all({ sort: "title", limit: 4 }))).toEqual(titlesOf(made));
      const reversed = await all({ sort: "title", order: "desc", limit: 4 });
      expect(titlesOf(reversed)).toEqual(titlesOf([...made].reverse()));

      const first = given[0]?.title ?? "";
      for (const q of [...words, first, [...first].slice(1).join(""), "#haus", "kueche"]) {
        const found = await all({ sort: "title", q });
        expect(titlesOf(found), q).toEqual(titlesOf(made.filter((task) => taskHasWords(task, q))));
      }
      const names = [...new Set(made.flatMap(({ tags }) => tags))];
      const counted = (await tasks.counts(ada, {})).tags.map((each) => each.tag);
      expect(counted).toEqual(names.sort(compareTags));
    }),
    { seed: 20_261_201, numRuns: 40 },
  );
}, 120_000);

describe("what is found follows every change", () => {
  const found = async (q: string) => (await all({ q })).length;

  test.each([
    ["title", { title: "Straße" }, "strasse"],
    ["notes", { notes: "E-Mail" }, "email"],
    ["tags", { tags: ["Haushalt"] }, "#haushalt"],
  ] as const)("of %s, and of nothing else", async (_, changes, q) => {
    const { id } = await create({ title: "First", notes: "Words", tags: ["old"] });
    expect(await found(q)).toBe(0);
    await tasks.update(ada, {
      id,
      ...changes,
      ...("tags" in changes && { tags: [...changes.tags] }),
    } as never);
    expect(await found(q)).toBe(1);
    for (const [field, kept] of [
      ["title", "first"],
      ["notes", "words"],
      ["tags", "#old"],
    ] as const) {
      expect(await found(kept), field).toBe(field in changes ? 0 : 1);
    }
  });

  test("of all at once, and of tags that are taken away", async () => {
    const { id } = await create({ title: "First\nline", tags: ["old"] });
    await tasks.update(ada, { id, title: "Two\nlines", tags: ["new", "newer"] });
    expect([await found("lines #new"), await found("first"), await found("#old")]).toEqual([
      1, 0, 0,
    ]);
    await tasks.update(ada, { id, tags: [] });
    expect([await found("two lines"), await found("#new"), await found("new")]).toEqual([1, 0, 0]);
  });

  test("of a tag that many are given, or lose", async () => {
    const made = [
      await create({ title: "One", tags: ["Küche", "kuche"] }),
      await create({ title: "Two" }),
    ];
    const ids = made.map(({ id }) => id);
    for (const [change, q, count] of [
      [{ addTag: "Müll" }, "#muell", 2],
      [{ addTag: "Müll" }, "#muell", 2],
      [{ removeTag: "Küche" }, "#kueche", 0],
      [{ removeTag: "Küche" }, "#kuche", 1],
      [{ removeTag: "Müll" }, "#mull", 0],
      [{ removeTag: "kuche" }, "#kuche", 0],
    ] as const) {
      await tasks.changeMany(ada, { ids, change });
      expect(await found(q), q).toBe(count);
    }
    expect(await found("two")).toBe(1);
  });

  test("of an import", async () => {
    const text = JSON.stringify([{ title: "Müll", tags: ["Küche"] }]);
    await tasks.import(ada, { format: "json", text });
    expect([await found("muell"), await found("#kueche")]).toEqual([1, 1]);
  });
});

test("of two edits of one moment, of the title and of the tags, both are found", async () => {
  const { id } = await create({ title: "First" });
  await Promise.all([
    tasks.update(ada, { id, title: "Second" }),
    tasks.update(ada, { id, tags: ["tagged"] }),
  ]);
  expect(titlesOf(await all({ q: "second #tagged" }))).toEqual(["Second"]);
});

test("what is completed comes in the order of completion, the last first, and page by page", async () => {
  const names = ["a", "b", "c", "d", "e"];
  const made: Task[] = [];
  for (const name of names) made.push(await create({ title: name }));
  for (const at of [2, 0, 3]) {
    clock += 1_000;
    await tasks.setCompleted(ada, { ids: [made[at]?.id ?? ""], completed: true });
  }
  const list = async (asked: Partial<TaskQuery>) =>
    titlesOf(await all({ sort: "completed", limit: 1, ...asked }));
  expect(await list({ status: "completed" })).toEqual(["d", "a", "c"]);
  expect(await list({ status: "completed", order: "asc" })).toEqual(["c", "a", "d"]);
  // Open tasks come behind those completed last, and first where the order is turned round.
  expect(await list({})).toEqual(["d", "a", "c", "e", "b"]);
  expect(await list({ order: "asc" })).toEqual(["b", "e", "c", "a", "d"]);
});

test("a cursor of a list by title that was made by other rules is refused", async () => {
  for (const name of ["a", "b", "c"]) await create({ title: name });
  vi.resetModules();
  vi.doMock("@taskbridge/contract", async (original) => ({
    ...(await original<object>()),
    TASK_TEXT_RULES: 1_000,
  }));
  const later = (await import("../src/index.ts")).createTaskService({
    cursorKey: new Uint8Array(32).fill(7),
  });
  vi.doUnmock("@taskbridge/contract");
  const first = async (sort: "title" | "created") => {
    const query = taskQuerySchema.parse({ sort, limit: 1 });
    return { query, cursor: String((await tasks.list(ada, query)).nextCursor) };
  };
  const byTitle = await first("title");
  await expect(later.list(ada, { ...byTitle.query, cursor: byTitle.cursor })).rejects.toMatchObject(
    {
      code: "validation_failed",
    },
  );
  const byAge = await first("created");
  const { items } = await later.list(ada, { ...byAge.query, cursor: byAge.cursor });
  expect(titlesOf(items)).toEqual(["b"]);
});
