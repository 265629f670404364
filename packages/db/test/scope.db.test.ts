import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createScope, type OwnerScope, ownedTable, Prisma } from "../src/index.ts";
import {
  type CreatedUser,
  createUser,
  type TestDatabase,
  testDatabase,
} from "../src/testing/index.ts";
import { deletedTaskTable, taskTable } from "./support/task-table.ts";

const { sql } = Prisma;
const living = (scope: OwnerScope) => scope.rows(taskTable);
const deleted = (scope: OwnerScope) => scope.rows(deletedTaskTable);
let database: TestDatabase;
let ada: CreatedUser;
let bob: CreatedUser;
let adas: OwnerScope;
let bobs: OwnerScope;

const adasTask = "01900000-0000-7000-8000-00000000000a";
const bobsTask = "01900000-0000-7000-8000-00000000000b";
const task = (id: string, title: string) => ({ id, title, titleKey: title.toLowerCase() });
const columns = ["id", "title"] as const;
const deletedAt = sql`'2026-01-01T00:00:00Z'::timestamptz`;

beforeAll(async () => {
  database = await testDatabase();
  ada = await createUser(database.db, { name: "ada" });
  bob = await createUser(database.db, { name: "bob" });
  adas = createScope(database.db, { userId: ada.id });
  bobs = createScope(database.db, { userId: bob.id });
});
beforeEach(async () => {
  await database.client.task.deleteMany();
  await living(adas).insertReturning(task(adasTask, "Ada's"), columns);
  await living(bobs).insertReturning(task(bobsTask, "Bob's"), columns);
});
afterAll(() => database.drop());

/** Conditions that would reach Bob's task if the owner were a part of them. */
const conditions: [string, (bobId: string) => Prisma.Sql][] = [
  ["the id", () => sql`"id" = ${bobsTask}::uuid`],
  ["everything", () => sql`TRUE`],
  ["an OR", () => sql`FALSE OR TRUE`],
  ["an OR with the owner", (id) => sql`"id" = ${adasTask}::uuid OR "userId" = ${id}`],
  ["the owner", (id) => sql`"userId" = ${id}`],
  ["a negation", (id) => sql`NOT ("userId" <> ${id})`],
  ["the table's other rows", () => sql`"id" IN (SELECT "id" FROM "task")`],
];

describe.each(["living", "deleted"] as const)("another user's %s task", (state) => {
  const tasks = (scope: OwnerScope) => (state === "living" ? living(scope) : deleted(scope));

  beforeEach(async () => {
    if (state === "living") return;
    for (const scope of [adas, bobs])
      await living(scope).update({ where: sql`TRUE`, set: { deletedAt } });
  });

  test.each(conditions)("is neither read nor changed by %s", async (_, condition) => {
    const where = condition(bob.id);
    const title = sql`'Taken'`;
    const before = await tasks(bobs).find({ columns: ["id", "title", "version"] });
    expect(before).toHaveLength(1);

    const found = await tasks(adas).find({ columns, where });
    expect(found.map((row) => row.id)).not.toContain(bobsTask);
    const counted = await tasks(adas).select(sql`SELECT "id" FROM "task" WHERE ${where}`);
    expect(counted).toEqual(found.map(({ id }) => ({ id })));
    const changed = await tasks(adas).updateReturning({ where, set: { title }, columns });
    expect(changed.map((row) => row.id)).toEqual(found.map((row) => row.id));
    for (const one of [false, true])
      expect(await tasks(adas).update({ where, set: { title }, one })).toBe(found.length);
    expect(await tasks(adas).delete({ where })).toBe(found.length);

    expect(await tasks(bobs).find({ columns: ["id", "title", "version"] })).toEqual(before);
  });

  test("is not in an aggregate that forgets the owner", async () => {
    const count = sql`SELECT count(*)::int AS "count", max("title") AS "title" FROM "task"`;
    expect(await tasks(adas).select(count)).toEqual([{ count: 1, title: "Ada's" }]);
  });
});

test("one's own tasks are found and changed", async () => {
  const where = sql`"id" = ${adasTask}::uuid`;
  expect(await living(adas).find({ columns, where })).toEqual([{ id: adasTask, title: "Ada's" }]);
  const set = { title: sql`${"New"}::text` };
  expect(await living(adas).updateReturning({ where, set, columns })).toEqual([
    { id: adasTask, title: "New" },
  ]);
});

test("columns come as they were written, days and instants as text", async () => {
  const data = {
    ...task("01900000-0000-7000-8000-00000000000c", "Typed"),
    dueDate: "2026-02-03",
    completedAt: "2026-02-03T04:05:06.789Z",
    createdAt: "0001-02-03T04:05:06.000Z",
    priority: 3,
    tags: ["a", 'b,"c"', ""],
  } as const;
  const all = Object.values(Prisma.TaskScalarFieldEnum).filter((column) => column !== "userId");
  const created = await living(adas).insertReturning({ ...data, tags: [...data.tags] }, all);
  expect(created).toMatchObject(data);
  const where = sql`"id" = ${data.id}::uuid`;
  expect(await living(adas).find({ columns: all, where })).toEqual([created]);
});

test("a deleted task is among the deleted ones, and nowhere else", async () => {
  const where = sql`"id" = ${adasTask}::uuid`;
  expect(await deleted(adas).find({ columns, where })).toEqual([]);
  expect(await living(adas).update({ where, set: { deletedAt } })).toBe(1);
  expect(await living(adas).find({ columns, where })).toEqual([]);
  expect(await living(adas).select(sql`SELECT * FROM "task"`)).toEqual([]);
  expect(await living(adas).update({ where, set: { deletedAt } })).toBe(0);
  expect(await deleted(adas).find({ columns, where })).toHaveLength(1);
});

test("a new task is the scope's user's and not deleted, whatever the data says", async () => {
  const id = "01900000-0000-7000-8000-00000000000c";
  const more = { userId: bob.id, user: { connect: { id: bob.id } }, deletedAt: new Date() };
  await living(adas).insertReturning({ ...task(id, "Planted"), ...more } as never, columns);
  expect(await database.client.task.findUnique({ where: { id } })).toMatchObject({
    userId: ada.id,
    deletedAt: null,
  });
});

test("an id that another user's task has is refused, and that task stays", async () => {
  const data = task(bobsTask, "Mine now");
  await expect(living(adas).insertReturning(data, columns)).rejects.toMatchObject({
    code: "23505",
  });
  expect(await living(bobs).find({ columns })).toEqual([{ id: bobsTask, title: "Bob's" }]);
});

test("neither the owner nor what is no column is read or written", async () => {
  const named = { where: sql`TRUE`, columns };
  for (const set of [
    { userId: sql`${bob.id}` },
    { id: sql`${bobsTask}::uuid` },
    { 'a" = 1 --': sql`1` },
  ]) {
    await expect(living(adas).update({ ...named, set: set as never })).rejects.toThrow(TypeError);
    await expect(living(adas).updateReturning({ ...named, set: set as never })).rejects.toThrow(
      TypeError,
    );
  }
  for (const column of ["userId", "user", '*, "userId']) {
    const reads = [column] as never;
    await expect(living(adas).find({ columns: reads })).rejects.toThrow(TypeError);
    const data = task("01900000-0000-7000-8000-00000000000c", "New");
    await expect(living(adas).insertReturning(data, reads)).rejects.toThrow(TypeError);
  }
  expect(await living(bobs).find({ columns })).toHaveLength(1);
  expect(await living(adas).find({ columns })).toHaveLength(1);
});

test("a scope needs a user id", () => {
  for (const userId of [undefined, null, "", 7, { not: "" }]) {
    expect(() => createScope(database.db, { userId: userId as never })).toThrow(TypeError);
  }
});

test("many tasks at once are one's own, whatever their rows say", async () => {
  const id = crypto.randomUUID();
  const row = {
    ...task(id, "Planted"),
    searchTitle: "",
    notes: "",
    searchNotes: "",
    completedAt: null,
    dueDate: "2026-12-31",
    priority: 1,
    tags: ["a", 'b"\\'],
    createdAt: "1970-01-01T00:00:00.000Z",
    updatedAt: "1970-01-01T00:00:00.001Z",
  };
  const planted = { ...row, userId: bob.id, deletedAt: "1970-01-01T00:00:00.000Z" };
  expect(await living(adas).insert([planted])).toBe(1);
  const all = [...columns, "tags", "dueDate", "createdAt", "version"] as const;
  const where = sql`"id" = ${id}::uuid`;
  expect(await living(adas).find({ columns: all, where })).toMatchObject([
    { tags: row.tags, dueDate: row.dueDate, createdAt: row.createdAt, version: 1 },
  ]);
  expect(await living(bobs).find({ columns, where })).toEqual([]);
});

test("a scope cannot be turned to another user, and holds no client", () => {
  expect(Object.isFrozen(adas)).toBe(true);
  expect(Object.keys(adas)).toEqual(["userId", "rows", "once"]);
  expect(Object.isFrozen(living(adas))).toBe(true);
  for (const operation of Object.values(living(adas))) expect(operation).toBeTypeOf("function");
});

test("a table has names that SQL can take, and no owner among its columns", () => {
  const columns = { id: "uuid" };
  for (const name of ["", "task; --", 'a"b', "1st", "na me"]) {
    expect(() => ownedTable(name, columns)).toThrow(TypeError);
    expect(() => ownedTable("task", { ...columns, [name]: "text" })).toThrow(TypeError);
  }
  const owners = { ...columns, userId: "text" };
  expect(() => ownedTable("task", owners)).toThrow(TypeError);
});

test("the types let no caller name an owner", () => {
  const refused = () => {
    // @ts-expect-error the owner as a column
    void living(adas).find({ columns: ["userId"] });
    // @ts-expect-error a relation as a column
    void living(adas).find({ columns: ["user"] });
    // @ts-expect-error an owner in a new task
    void living(adas).insertReturning({ ...task("", ""), userId: bob.id }, columns);
    // @ts-expect-error an owner in a change
    void living(adas).update({ where: sql`TRUE`, set: { userId: sql`${bob.id}` } });
    // @ts-expect-error another id in a change
    void living(adas).update({ where: sql`TRUE`, set: { id: sql`${bobsTask}` } });
    // @ts-expect-error an id that nobody verified
    void createScope(database.db, { userId: "from-the-path" });
  };
  expect(refused).toBeTypeOf("function");
});
