import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createScope, type OwnerScope, type Prisma, type TaskWhere } from "../src/index.ts";
import {
  type CreatedUser,
  createUser,
  type TestDatabase,
  testDatabase,
} from "../src/testing/index.ts";

let database: TestDatabase;
let ada: CreatedUser;
let bob: CreatedUser;
let adas: OwnerScope;
let bobs: OwnerScope;

const adasTask = "01900000-0000-7000-8000-00000000000a";
const bobsTask = "01900000-0000-7000-8000-00000000000b";
const task = (id: string, title: string) => ({ id, title, titleKey: title.toLowerCase() });
const columns = { id: true, title: true } as const;

beforeAll(async () => {
  database = await testDatabase();
  ada = await createUser(database.db, { name: "ada" });
  bob = await createUser(database.db, { name: "bob" });
  adas = createScope(database.db, { userId: ada.id });
  bobs = createScope(database.db, { userId: bob.id });
});
beforeEach(async () => {
  await database.db.task.deleteMany();
  await adas.task.create({ data: task(adasTask, "Ada's"), select: columns });
  await bobs.task.create({ data: task(bobsTask, "Bob's"), select: columns });
});
afterAll(() => database.drop());

/** Filters by which a caller may try to reach Bob's task. The types refuse most of them. */
const tricks: [string, (bobId: string) => Prisma.TaskWhereInput][] = [
  ["the id", () => ({ id: bobsTask })],
  ["OR at the top", () => ({ OR: [{ id: bobsTask }, {}] })],
  ["OR with the owner", (id) => ({ OR: [{ userId: id }] })],
  ["AND with the owner", (id) => ({ AND: [{ userId: id }] })],
  ["an empty AND", () => ({ AND: [], id: bobsTask })],
  ["NOT with one's own id", () => ({ NOT: { id: adasTask } })],
  ["NOT with the owner", (id) => ({ NOT: { NOT: { userId: id } } })],
  ["the owner", (id) => ({ userId: id })],
  ["any owner", () => ({ userId: { not: "" }, id: bobsTask })],
  ["an undefined owner", () => ({ userId: undefined, id: bobsTask })],
  ["the relation", (id) => ({ user: { is: { id } } })],
  ["all at once", (id) => ({ OR: [{ userId: id }, { NOT: {} }], AND: {}, NOT: [] })],
];

describe.each(tricks)("another user's task by %s", (_, trick) => {
  const where = () => trick(bob.id) as TaskWhere;

  test("is not found by findMany", async () => {
    const rows = await adas.task.findMany({ where: where(), select: columns });
    expect(rows.map((row) => row.id)).not.toContain(bobsTask);
  });

  test("is not found by findFirst", async () => {
    const row = await adas.task.findFirst({ where: where(), select: columns });
    expect(row?.id).not.toBe(bobsTask);
  });

  test("is not counted", async () => {
    const own = await adas.task.findMany({ where: where(), select: columns });
    expect(await adas.task.count({ where: where() })).toBe(own.length);
    expect(own.length).toBeLessThanOrEqual(1);
  });

  test("is not changed", async () => {
    const data = { title: "Taken", titleKey: "taken" };
    const rows = await adas.task.updateManyAndReturn({ where: where(), data, select: columns });
    expect(rows.map((row) => row.id)).not.toContain(bobsTask);
    expect(await bobs.task.findMany({ select: columns })).toEqual([
      { id: bobsTask, title: "Bob's" },
    ]);
  });

  test("is not deleted", async () => {
    await adas.task.deleteMany({ where: where() });
    expect(await bobs.task.count()).toBe(1);
  });
});

test("one's own tasks are found, counted, changed and deleted", async () => {
  const where = { id: adasTask };
  expect(await adas.task.findMany({ select: columns })).toEqual([{ id: adasTask, title: "Ada's" }]);
  expect(await adas.task.findFirst({ where, select: columns })).toMatchObject({ id: adasTask });
  expect(await adas.task.count()).toBe(1);
  const data = { title: "New" };
  expect(await adas.task.updateManyAndReturn({ where, data, select: columns })).toEqual([
    { id: adasTask, title: "New" },
  ]);
  expect(await adas.task.deleteMany({ where })).toEqual({ count: 1 });
});

test("a new task is the scope's user's, whatever the data says", async () => {
  const id = "01900000-0000-7000-8000-00000000000c";
  const data = { ...task(id, "Planted"), userId: bob.id, user: { connect: { id: bob.id } } };
  await adas.task.create({ data: data as never, select: columns });
  expect(await database.db.task.findUnique({ where: { id } })).toMatchObject({ userId: ada.id });
});

test("an id that another user's task has is refused, and that task stays", async () => {
  const data = task(bobsTask, "Mine now");
  await expect(adas.task.create({ data, select: columns })).rejects.toMatchObject({
    code: "P2002",
  });
  expect(await bobs.task.findMany({ select: columns })).toEqual([{ id: bobsTask, title: "Bob's" }]);
});

test("a change gives no task away", async () => {
  const data = { title: "Gift", userId: bob.id } as never;
  await adas.task.updateManyAndReturn({ where: { id: adasTask }, data, select: columns });
  expect(await bobs.task.count()).toBe(1);
  expect(await adas.task.findMany({ select: columns })).toEqual([{ id: adasTask, title: "Gift" }]);
});

test("neither the owner nor the owner's account is among the columns", async () => {
  const select = { id: true, userId: true, user: { include: { accounts: true } } } as never;
  expect(await adas.task.findMany({ select })).toEqual([{ id: adasTask }]);
  expect(await adas.task.findFirst({ select })).toEqual({ id: adasTask });
});

test("arguments that are not listed do not get through", async () => {
  const args = { select: columns, include: { user: true }, cursor: { id: bobsTask } } as never;
  expect(await adas.task.findMany(args)).toEqual([{ id: adasTask, title: "Ada's" }]);
});

test("a scope needs a user id: Prisma takes an undefined one for any", () => {
  for (const userId of [undefined, null, "", 7, { not: "" }]) {
    expect(() => createScope(database.db, { userId: userId as never })).toThrow(TypeError);
  }
});

test("a scope cannot be turned to another user, and holds no client", () => {
  expect(Object.isFrozen(adas) && Object.isFrozen(adas.task)).toBe(true);
  expect(Object.keys(adas)).toEqual(["userId", "task", "once"]);
  expect(Object.keys(adas.task).sort()).toEqual(
    ["count", "create", "deleteMany", "findFirst", "findMany", "updateManyAndReturn"].sort(),
  );
  expect(Object.values(adas.task).every((operation) => typeof operation === "function")).toBe(true);
});

test("the types let no caller name an owner", () => {
  const refused = () => {
    // @ts-expect-error an owner in a filter
    void adas.task.findMany({ where: { userId: bob.id }, select: columns });
    // @ts-expect-error an owner deep in a filter
    void adas.task.findMany({ where: { OR: [{ NOT: { userId: bob.id } }] }, select: columns });
    // @ts-expect-error a filter through the relation
    void adas.task.count({ where: { user: { id: bob.id } } });
    // @ts-expect-error an owner in a new task
    void adas.task.create({ data: { ...task("", ""), userId: bob.id }, select: columns });
    // @ts-expect-error an owner in a change
    void adas.task.updateManyAndReturn({ where: {}, data: { userId: bob.id }, select: columns });
    // @ts-expect-error the owner as a column
    void adas.task.findFirst({ select: { userId: true } });
    // @ts-expect-error the relation as a column
    void adas.task.findFirst({ select: { user: true } });
    // @ts-expect-error an id that nobody verified
    void createScope(database.db, { userId: "from-the-path" });
  };
  expect(refused).toBeTypeOf("function");
});
