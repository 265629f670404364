import { afterAll, beforeAll, expect, test } from "vitest";
import { poolOf } from "../src/client.ts";
import { createScope, Prisma, type VerifiedUserId } from "../src/index.ts";
import { type Statements, statementsOf } from "../src/statements.ts";
import {
  type CreatedUser,
  createUser,
  type TestDatabase,
  testDatabase,
} from "../src/testing/index.ts";
import { taskTable } from "./support/task-table.ts";

const { sql } = Prisma;
/** Which transaction it ran in, and as whom; and a value of its own. */
const trace = (value: number) => sql`SELECT pg_current_xact_id()::text AS "packet",
  current_setting('taskbridge.user_id') AS "userId", ${value}::int AS "value"`;
interface Trace {
  packet: string;
  userId: string;
  value: number;
}

let database: TestDatabase;
let ada: CreatedUser;
let bob: CreatedUser;
beforeAll(async () => {
  database = await testDatabase();
  ada = await createUser(database.db);
  bob = await createUser(database.db);
});
afterAll(() => database.drop());

const of = ({ id }: { id: VerifiedUserId }): Statements => statementsOf(poolOf(database.db), id);
const read = async (user: CreatedUser, statement: Prisma.Sql) =>
  (await of(user).run(statement, { brief: true, shared: true })).rows[0] as Trace;
const packetsOf = (traces: Trace[]) => new Set(traces.map(({ packet }) => packet)).size;
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

test("a user's reads of one moment go together, each with its own result", async () => {
  const traces = await Promise.all(upTo(10).map((n) => read(ada, trace(n))));
  expect(traces.map(({ value }) => value)).toEqual(upTo(10));
  expect(packetsOf(traces)).toBe(1);
});

test("no more than 20 do", async () => {
  const traces = await Promise.all(upTo(45).map((n) => read(ada, trace(n))));
  expect(traces.map(({ value }) => value)).toEqual(upTo(45));
  expect(packetsOf(traces)).toBe(3);
});

test("two users never share a packet", async () => {
  const traces = await Promise.all(upTo(20).map((n) => read(n % 2 ? ada : bob, trace(n))));
  expect(traces.map(({ userId }) => userId)).toEqual(upTo(20).map((n) => (n % 2 ? ada : bob).id));
  expect(packetsOf(traces)).toBe(2);
  const packets = (user: CreatedUser) =>
    new Set(traces.filter(({ userId }) => userId === user.id).map(({ packet }) => packet));
  expect(packets(ada)).not.toEqual(packets(bob));
});

test("one that fails fails alone", async () => {
  const reads = upTo(6).map((n) => read(ada, n === 2 ? sql`SELECT 1 / ${0}::int` : trace(n)));
  const outcomes = await Promise.allSettled(reads);
  expect(outcomes.map(({ status }) => status)).toEqual(
    upTo(6).map((n) => (n === 2 ? "rejected" : "fulfilled")),
  );
  expect(outcomes[2]).toMatchObject({ reason: { code: "22012" } });
  expect(
    outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value.value : [])),
  ).toEqual([0, 1, 3, 4, 5]);
});

test("one after the other they go by themselves, and so does what is not brief", async () => {
  const one = await read(ada, trace(1));
  const two = await read(ada, trace(2));
  expect(one.packet).not.toBe(two.packet);
  const results = await Promise.all(upTo(3).map((n) => of(ada).run(trace(n))));
  expect(packetsOf(results.map(({ rows }) => rows[0] as Trace))).toBe(3);
});

test("a read after a write sees it", async () => {
  const tasks = createScope(database.db, { userId: ada.id }).rows(taskTable);
  const find = () => tasks.find({ columns: ["title"], limit: 100, brief: true });
  for (const n of upTo(5)) {
    const before = find();
    await tasks.insert([{ id: crypto.randomUUID(), title: `${n}`, titleKey: "" }]);
    expect(await find()).toHaveLength(n + 1);
    await before;
  }
});
