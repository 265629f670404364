import { afterEach, expect, inject, test } from "vitest";
import { checkWalls, createDb, createScope, WallError } from "../src/index.ts";
import { createUser, testDatabase } from "../src/testing/index.ts";
import { splittingProxy } from "../src/testing/splitting-proxy.ts";
import { taskTable } from "./support/task-table.ts";

const refusal = /sends a read elsewhere than the statement before it/;
const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function through(splits: (connection: number) => boolean) {
  const database = await testDatabase();
  undo.push(database.drop);
  const proxy = await splittingProxy(database.url, splits);
  undo.push(proxy.close);
  const db = createDb(proxy.url);
  undo.push(db.close);
  return { database, db };
}

test("a way that keeps statements together is taken", async () => {
  const { db } = await through(() => false);
  await checkWalls(db);
});

test.each([
  ["every connection", () => true],
  ["one connection of five", (connection: number) => connection % 5 === 3],
])("one that sends the read elsewhere on %s is refused", async (_, splits) => {
  const { db } = await through(splits);
  const error = await checkWalls(db).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(WallError);
  expect(String(error)).toMatch(refusal);
});

test("one that begins to do so later is found by a later look", async () => {
  let balancing = false;
  const { db } = await through(() => balancing);
  await checkWalls(db);
  balancing = true;
  await expect(checkWalls(db, { newConnections: 0 })).rejects.toThrow(refusal);
});

// Else these tests would prove nothing of requests.
test.runIf(inject("testBase").kind === "postgres")(
  "it is the way of a list: split, its read is in no request's role",
  async () => {
    const { database, db } = await through(() => true);
    const { id: userId } = await createUser(database.db);
    const rows = createScope(database.db, { userId }).rows(taskTable);
    await rows.insert([{ id: crypto.randomUUID(), title: "Hers", titleKey: "hers" }]);
    await database.client.$executeRawUnsafe(`ALTER POLICY "owner" ON "task" USING (false)`);
    expect(await rows.find({ columns: ["title"], brief: true })).toHaveLength(1);
    const split = createScope(db, { userId }).rows(taskTable);
    expect(await split.find({ columns: ["title"], brief: true })).toEqual([]);
  },
);
