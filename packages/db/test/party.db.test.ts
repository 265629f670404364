import { afterAll, beforeAll, expect, test, vi } from "vitest";
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

// A moment is 10 ms, and other tests may have the processors.
test("a user's reads of one moment go together, each with its own result", {
  retry: 2,
}, async () => {
  const traces = await Promise.all(upTo(10).map((n) => read(ada, trace(n))));
  expect(traces.map(({ value }) => value)).toEqual(upTo(10));
  expect(packetsOf(traces)).toBe(1);
});

test("no more than 20 do", async () => {
  const traces = await Promise.all(upTo(45).map((n) => read(ada, trace(n))));
  expect(traces.map(({ value }) => value)).toEqual(upTo(45));
  expect(packetsOf(traces)).toBe(3);
});

test("reads that say the very same are one", async () => {
  const random = sql`SELECT gen_random_uuid() AS "value", ${1}::int AS "n"`;
  const other = sql`SELECT gen_random_uuid() AS "value", ${2}::int AS "n"`;
  const readIt = async (user: CreatedUser, statement: Prisma.Sql) =>
    (await of(user).run(statement, { brief: true, shared: true })).rows[0] as { value: string };
  const both = [readIt(ada, random), readIt(ada, random), readIt(ada, other), readIt(bob, random)];
  const values = (await Promise.all(both)).map(({ value }) => value);
  expect(values[1]).toBe(values[0]);
  expect(new Set(values).size).toBe(3);
  expect((await readIt(ada, random)).value).not.toBe(values[0]);
});

test("while a packet of a user is under way their reads wait, unless it takes long", async ({
  skip,
}) => {
  // The embedded database has one connection at work at a time, and this holds two.
  skip(database.kind === "embedded", "needs a server");
  const lock = 4_711;
  const held = await poolOf(database.db).connect();
  await held.query(`SELECT pg_advisory_lock(${lock})`);
  const waiting = (n: number) =>
    sql`SELECT ${n}::int AS "value", pg_advisory_xact_lock_shared(${lock}) IS NULL AS "locked"`;
  const blocked = read(ada, waiting(0));
  await vi.waitFor(async () => {
    const { rows } = await held.query(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND "database" = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    expect(rows).toHaveLength(1);
  });
  const later = await Promise.all(upTo(3).map((n) => read(ada, trace(n))));
  expect(packetsOf(later)).toBe(1);
  // Nobody else's are counted.
  expect((await read(bob, trace(7))).value).toBe(7);
  await held.query(`SELECT pg_advisory_unlock(${lock})`);
  held.release();
  expect((await blocked).value).toBe(0);
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
