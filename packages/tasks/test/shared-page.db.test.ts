import { taskCreateSchema, taskQuerySchema } from "@taskbridge/contract";
import { createScope, type OwnerScope } from "@taskbridge/db";
import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTaskService } from "../src/index.ts";

const tasks = createTaskService({ cursorKey: new Uint8Array(32).fill(7) });
let database: TestDatabase;
let ada: OwnerScope;
let bob: OwnerScope;
beforeAll(async () => {
  database = await testDatabase();
  const newScope = async () =>
    createScope(database.db, { userId: (await createUser(database.db)).id });
  [ada, bob] = await Promise.all([newScope(), newScope()]);
  for (const title of ["one", "two", "three"])
    for (const scope of [ada, bob]) await tasks.create(scope, taskCreateSchema.parse({ title }));
});
afterAll(() => database.drop());

const query = (asked: object) => taskQuerySchema.parse(asked);
const ids = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);

test("lists of one moment that ask the same are one page, and it is made anew for later ones", async () => {
  const [first, second] = await Promise.all([
    tasks.list(ada, query({ limit: 2 })),
    tasks.list(ada, query({ limit: 2 })),
  ]);
  expect(second).toBe(first);
  await tasks.create(ada, taskCreateSchema.parse({ title: "four" }));
  const later = await tasks.list(ada, query({ limit: 2 }));
  expect(later.items[0]?.title).toBe("four");
  expect(first.items[0]?.title).toBe("three");
});

test("each query has its own cursor, and each user their own tasks", async () => {
  const asked = [query({ limit: 1 }), query({ limit: 1, order: "asc" }), query({ limit: 2 })];
  const scopes = [ada, bob];
  const lists = scopes.flatMap((scope) => asked.map((each) => ({ scope, each })));
  const pages = await Promise.all(lists.map(({ scope, each }) => tasks.list(scope, each)));
  expect(new Set(pages.map(({ nextCursor }) => nextCursor)).size).toBe(pages.length);
  const [own, others] = [pages.slice(0, 3).flatMap(ids), pages.slice(3).flatMap(ids)];
  expect(own.filter((id) => others.includes(id))).toEqual([]);
  for (const [at, { scope, each }] of lists.entries()) {
    const cursor = pages[at]?.nextCursor ?? undefined;
    const next = await tasks.list(scope, { ...each, cursor });
    expect(ids(next).filter((id) => ids(pages[at] ?? { items: [] }).includes(id))).toEqual([]);
  }
});
