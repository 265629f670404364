import { spawn } from "node:child_process";
import { EventEmitter, once as event } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createDb,
  createScope,
  type Db,
  isUnavailable,
  type KeptAnswer,
  type OwnerScope,
  Prisma,
  purgeIdempotencyRecords,
  type RequestScope,
} from "../src/index.ts";
import {
  type CreatedUser,
  createUser,
  type TestDatabase,
  testDatabase,
} from "../src/testing/index.ts";
import { taskTable } from "./support/task-table.ts";

let database: TestDatabase;
let ada: CreatedUser;
let adas: RequestScope;
let bobs: RequestScope;
/** Clients of their own, as other processes have them. */
let others: Db[];

beforeAll(async () => {
  database = await testDatabase();
  ada = await createUser(database.db, { name: "ada" });
  adas = createScope(database.db, { userId: ada.id });
  bobs = createScope(database.db, { userId: (await createUser(database.db, { name: "bob" })).id });
  others = [1, 2, 3].map(() => createDb(database.url));
});
afterAll(async () => {
  await Promise.all(others.map((db) => db.close()));
  await database.drop();
});

/** Adds a task and answers with its id. */
const adding = (title: string) => async (scope: OwnerScope) => {
  const data = { id: crypto.randomUUID(), title, titleKey: title };
  const { id } = await scope.rows(taskTable).insertReturning(data, ["id"]);
  return answer(id);
};
const answer = (text: string): KeptAnswer => ({
  status: 201,
  headers: [["etag", '"1"']],
  body: new TextEncoder().encode(text),
});
const tasks = (scope: RequestScope, title: string) =>
  scope.rows(taskTable).find({ columns: ["id"], where: Prisma.sql`"title" = ${title}` });

test("the same request again gets the first answer, byte for byte, and does nothing", async () => {
  const request = { key: "again", fingerprint: "f" };
  const first = await adas.once(request, adding("again"));
  expect(first).toMatchObject({ kind: "answered", replayed: false });
  expect(await adas.once(request, adding("again"))).toEqual({ ...first, replayed: true });
  expect(await tasks(adas, "again")).toHaveLength(1);
});

test("a key is its user's own", async () => {
  const request = { key: "shared", fingerprint: "f" };
  const outcomes = [
    await adas.once(request, adding("shared")),
    await bobs.once(request, adding("shared")),
  ];
  expect(outcomes).toMatchObject([{ replayed: false }, { replayed: false }]);
  expect(await tasks(bobs, "shared")).toHaveLength(1);
});

test("another request under the same key is told so, and is not carried out", async () => {
  await adas.once({ key: "reused", fingerprint: "f" }, adding("reused"));
  const other = await adas.once({ key: "reused", fingerprint: "g" }, adding("reused"));
  expect(other).toEqual({ kind: "key_reused" });
  expect(await tasks(adas, "reused")).toHaveLength(1);
});

test("what fails leaves neither a row nor a record, and can be tried again", async () => {
  const request = { key: "failing", fingerprint: "f" };
  const failing = async (scope: OwnerScope) => {
    await adding("failing")(scope);
    throw new Error("no");
  };
  await expect(adas.once(request, failing)).rejects.toThrow("no");
  expect(await tasks(adas, "failing")).toEqual([]);
  const outcome = await adas.once(request, adding("failing"));
  expect(outcome).toMatchObject({ kind: "answered", replayed: false });
});

test("a user that is gone is told apart", async () => {
  const { id } = await createUser(database.db);
  const scope = createScope(database.db, { userId: id });
  await scope.once({ key: "k", fingerprint: "f" }, adding("gone"));
  await database.client.user.delete({ where: { id } });
  expect(await database.client.idempotencyRecord.count({ where: { userId: id } })).toBe(0);
  const outcome = await scope.once({ key: "k", fingerprint: "f" }, adding("gone"));
  expect(outcome).toEqual({ kind: "owner_gone" });
});

test("an answer is kept for a day: then the key is free, and purging removes the record", async () => {
  const request = { key: "old", fingerprint: "f" };
  await adas.once(request, adding("old"));
  const where = { userId: ada.id, key: "old" };
  const { expiresAt } = await database.client.idempotencyRecord.findFirstOrThrow({ where });
  expect((expiresAt.getTime() - Date.now()) / 3_600_000).toBeCloseTo(24, 1);

  await database.client.idempotencyRecord.updateMany({ where, data: { expiresAt: new Date() } });
  const late = await adas.once({ ...request, fingerprint: "g" }, adding("old"));
  expect(late).toMatchObject({ kind: "answered", replayed: false });
  expect(await tasks(adas, "old")).toHaveLength(2);

  expect(await purgeIdempotencyRecords(database.db, new Date())).toBe(0);
  const tomorrow = new Date(Date.now() + 25 * 3_600_000);
  expect(await purgeIdempotencyRecords(database.db, tomorrow)).toBeGreaterThan(0);
  expect(await database.client.idempotencyRecord.count()).toBe(0);
});

test("a thousand at once, from four processes' clients, are one row and one answer", async () => {
  const scopes = [database.db, ...others].map((db) => createScope(db, { userId: ada.id }));
  const request = { key: "thousand", fingerprint: "f" };
  const outcomes = await Promise.all(
    Array.from({ length: 1000 }, (_, n) => scopes[n % 4]?.once(request, adding("thousand"))),
  );
  const answers = outcomes.map((outcome) => outcome?.kind === "answered" && outcome.answer);
  expect(await tasks(adas, "thousand")).toHaveLength(1);
  for (const given of answers) expect(given).toEqual(answers[0]);
  const first = outcomes.filter((outcome) => outcome?.kind === "answered" && !outcome.replayed);
  expect(first).toHaveLength(1);
});

test("many keys at once, twice each, do not lock each other out of the pool", async () => {
  const requests = Array.from({ length: 100 }, (_, n) => ({
    key: `many ${n >> 1}`,
    fingerprint: "f",
  }));
  const outcomes = await Promise.all(requests.map((request) => adas.once(request, adding("many"))));
  expect(outcomes.every((outcome) => outcome.kind === "answered")).toBe(true);
  expect(await tasks(adas, "many")).toHaveLength(50);
});

test("a process that is killed at work leaves nothing, and its key is free", async () => {
  const request = { key: "killed", fingerprint: "f" };
  const program = fileURLToPath(new URL("support/work-for-ever.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    ["--import", "tsx", program, database.url, ada.id, JSON.stringify(request)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await event(child.stdout, "data");
  const retry = createScope(others[0] as Db, { userId: ada.id }).once(request, adding("killed"));
  child.kill("SIGKILL");
  expect(await retry).toMatchObject({ kind: "answered", replayed: false });
  expect(await tasks(adas, "killed")).toHaveLength(1);
});

test("who waits too long for the first to end is told so, and the first is not disturbed", async () => {
  const request = { key: "slow", fingerprint: "f" };
  const elsewhere = createScope(others[0] as Db, { userId: ada.id });
  const signals = new EventEmitter();
  const atWork = event(signals, "at work");
  const first = adas.once(request, async (scope) => {
    const end = event(signals, "end");
    signals.emit("at work");
    await end;
    return adding("slow")(scope);
  });
  await atWork;
  const [here, there] = await Promise.allSettled([
    adas.once(request, adding("slow")),
    elsewhere.once(request, adding("slow")),
  ]);
  expect(here).toMatchObject({ value: { kind: "in_progress" } });
  // The embedded database begins no transaction while another one is open.
  if (database.kind === "postgres") expect(there).toMatchObject({ value: { kind: "in_progress" } });
  else expect(isUnavailable((there as PromiseRejectedResult).reason)).toBe(true);

  signals.emit("end");
  expect(await first).toMatchObject({ kind: "answered", replayed: false });
  expect(await elsewhere.once(request, adding("slow"))).toMatchObject({ replayed: true });
  expect(await tasks(adas, "slow")).toHaveLength(1);
});
