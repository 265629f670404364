import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkWalls, createScope, Prisma, WallError } from "../src/index.ts";
import { actAs, type Narrowing } from "../src/owner.ts";
import { pipeline } from "../src/pipeline.ts";
import {
  type CreatedUser,
  createUser,
  type TestDatabase,
  testDatabase,
} from "../src/testing/index.ts";
import { administer } from "../src/testing/test-base.ts";
import { taskTable } from "./support/task-table.ts";

// The second wall alone: plain SQL in a request's role, with no owner in it anywhere.
const { sql, raw } = Prisma;
let database: TestDatabase;
let client: pg.Client;
let ada: CreatedUser;
let bob: CreatedUser;
const adasTask = "01900000-0000-7000-8000-00000000000a";
const bobsTask = "01900000-0000-7000-8000-00000000000b";
const answer = { status: 200, headers: [], body: new Uint8Array([1]) };

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  ada = await createUser(database.db, { name: "ada" });
  bob = await createUser(database.db, { name: "bob" });
});
beforeEach(async () => {
  await database.client.task.deleteMany();
  await database.client.taskDelta.deleteMany();
  await database.client.idempotencyRecord.deleteMany();
  for (const [user, id, tag] of [
    [ada, adasTask, "hers"],
    [bob, bobsTask, "his"],
  ] as const) {
    const scope = createScope(database.db, { userId: user.id });
    const title = `${user.name}s secret`;
    const row = { id, title, titleKey: title, searchTitle: title, tags: [tag, "both"] };
    await scope.rows(taskTable).insert([row]);
    await scope.once({ key: "shared", fingerprint: user.name }, async () => answer);
  }
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** One statement as a request; the name of whoever is not verified need not be anybody's. */
async function as(user: { id: string }, statement: Prisma.Sql, narrowing?: Narrowing) {
  const results = await pipeline(client, [actAs(user.id, 5_000, { narrowing }), statement], 5_000);
  return results[1] as { rows: Record<string, unknown>[]; count: number };
}
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: pg.DatabaseError) => error.code,
  );

const walled = ["task", "task_delta", "idempotency_record"];
const ownersOf = (rows: Record<string, unknown>[]) => [...new Set(rows.map((row) => row.userId))];

describe.each(walled)("%s", (name) => {
  const table = raw(`"${name}"`);

  test("shows a user's own rows alone, whatever is asked for", async () => {
    for (const user of [ada, bob]) {
      const { rows } = await as(user, sql`SELECT * FROM ${table}`);
      expect(ownersOf(rows)).toEqual([user.id]);
      const other = user === ada ? bob : ada;
      const sought = await as(user, sql`SELECT * FROM ${table} WHERE "userId" = ${other.id}`);
      expect(sought.rows).toEqual([]);
    }
  });

  test("lets nobody else's rows be changed, taken or removed", async () => {
    const before = await as(bob, sql`SELECT * FROM ${table}`);
    const his = sql`"userId" = ${bob.id}`;
    const expired = sql`"userId" = "userId"`;
    expect((await as(ada, sql`UPDATE ${table} SET ${expired} WHERE ${his}`)).count).toBe(0);
    expect((await as(ada, sql`DELETE FROM ${table} WHERE ${his}`)).count).toBe(0);
    expect((await as(ada, sql`SELECT 1 FROM ${table} WHERE ${his} FOR UPDATE`)).count).toBe(0);
    const given = as(ada, sql`UPDATE ${table} SET "userId" = ${bob.id}`);
    expect(await codeOf(given)).toBe("42501");
    expect(await codeOf(as(ada, sql`TRUNCATE ${table}`))).toBe("42501");
    expect(await as(bob, sql`SELECT * FROM ${table}`)).toEqual(before);
    const { count } = await as(ada, sql`SELECT FROM ${table}`);
    expect((await as(ada, sql`DELETE FROM ${table}`)).count).toBe(count);
    expect(await as(bob, sql`SELECT * FROM ${table}`)).toEqual(before);
  });

  test("shows nothing where nobody said whose request it is, or nobody is", async () => {
    for (const id of ["", "nobody"]) {
      expect((await as({ id }, sql`SELECT 1 FROM ${table}`)).rows).toEqual([]);
    }
    const role = sql`SELECT set_config('role', "request_role"('request'), true)`;
    const [, seen] = await pipeline(client, [role, sql`SELECT 1 FROM ${table}`], 5_000);
    expect(seen?.rows).toEqual([]);
  });

  test("shows nothing once its policy is dropped", async () => {
    await client.query("BEGIN");
    await client.query(`DROP POLICY "request" ON "${name}"`);
    expect((await as(ada, sql`SELECT 1 FROM ${table}`)).rows).toEqual([]);
    await client.query("ROLLBACK");
  });

  test("holds its own owner to the user of the request", async ({ skip }) => {
    if (database.kind === "embedded") skip("Its owner is a superuser, whom no policy binds.");
    const user = sql`SELECT set_config('taskbridge.user_id', ${ada.id}, true)`;
    const all = sql`SELECT "userId" FROM ${table}`;
    const [, held] = await pipeline(client, [user, all], 5_000);
    expect(ownersOf(held?.rows as { userId: string }[])).toEqual([ada.id]);
    const [free] = await pipeline(client, [all], 5_000);
    expect(ownersOf(free?.rows as { userId: string }[])).toHaveLength(2);
  });
});

test("a row for somebody else is refused, and so is one for nobody", async () => {
  for (const owner of [bob.id, "nobody", ""]) {
    const planted = sql`INSERT INTO "task" ("id", "userId", "title", "titleKey")
      VALUES (${crypto.randomUUID()}::uuid, ${owner}, 'x', 'x')`;
    expect(await codeOf(as(ada, planted))).toBe("42501");
  }
  expect(await database.client.task.count()).toBe(2);
});

test("what is noted for the counts is noted for oneself, and nobody else's is folded", async () => {
  const planted = sql`INSERT INTO "task_delta" ("userId", "open", "completed") VALUES (${bob.id}, 1, 0)`;
  expect(await codeOf(as(ada, planted))).toBe("42501");
  const noted = sql`SELECT "tags", "open", "completed" FROM "task_delta" ORDER BY "id"`;
  await as(bob, sql`UPDATE "task" SET "completedAt" = now()`);
  const unfolded = await as(bob, noted);
  const tags = ["his", "both"];
  expect(unfolded.rows).toEqual([
    { tags, open: 1, completed: 0 },
    { tags, open: 0, completed: 1 },
    { tags, open: -1, completed: 0 },
  ]);
  const fold = sql`SELECT "fold_task_deltas"(${bob.id})::int AS n`;
  expect((await as(ada, fold)).rows).toEqual([{ n: 0 }]);
  expect(await as(bob, noted)).toEqual(unfolded);
  expect((await as(bob, fold)).rows).toEqual([{ n: 3 }]);
  expect((await as(bob, sql`${noted}`)).rows).toHaveLength(3);
});

describe.each([[{ by: "words", value: "%secret%" }], [{ by: "tag", value: "both" }]] as const)(
  "narrowed by %o",
  (narrowing) => {
    test("a request sees what its own rows have of it", async () => {
      for (const user of [ada, bob]) {
        const { rows } = await as(user, sql`SELECT "userId" FROM "task"`, narrowing);
        expect(rows).toEqual([{ userId: user.id }]);
      }
      for (const value of ["%nothing%", "", "%"]) {
        const { rows } = await as(ada, sql`SELECT "userId" FROM "task"`, { ...narrowing, value });
        expect(rows.every((row) => row.userId === ada.id)).toBe(true);
      }
    });

    test("it can do no more than read", async () => {
      for (const statement of [
        sql`UPDATE "task" SET "title" = 'x'`,
        sql`DELETE FROM "task"`,
        sql`SELECT 1 FROM "task" FOR UPDATE`,
        sql`SELECT 1 FROM "idempotency_record"`,
        sql`SELECT 1 FROM "task_delta"`,
        sql`SELECT "fold_task_deltas"(${ada.id})`,
      ]) {
        expect(await codeOf(as(ada, statement, narrowing))).toBe("42501");
      }
    });
  },
);

test("a request can read no other table, and make none", async () => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relkind IN ('r', 'p', 'v', 'm', 'S') AND relnamespace = 'public'::regnamespace`,
  );
  const others = rows.map(({ name }) => name).filter((name) => !walled.includes(name));
  expect(others).toEqual(
    expect.arrayContaining(["user", "session", "account", "verification", "jwks"]),
  );
  for (const by of [undefined, { by: "words", value: "%" }, { by: "tag", value: "" }] as const) {
    for (const name of others) {
      const table = raw(`"${name}"`);
      expect(await codeOf(as(ada, sql`SELECT FROM ${table}`, by))).toBe("42501");
      expect(await codeOf(as(ada, sql`DELETE FROM ${table}`, by))).toBe("42501");
    }
    expect(await codeOf(as(ada, sql`CREATE TABLE "public"."mine" ()`, by))).toBe("42501");
    expect(await codeOf(as(ada, sql`ALTER TABLE "task" DISABLE ROW LEVEL SECURITY`, by))).toBe(
      "42501",
    );
  }
});

test("nothing of a request is left on its connection", async () => {
  const state = sql`SELECT current_user = session_user AS "itself",
    coalesce(current_setting('taskbridge.user_id', true), '') AS "user"`;
  await as(ada, sql`SELECT 1`);
  expect((await pipeline(client, [state], 5_000))[0]?.rows).toEqual([{ itself: true, user: "" }]);
  await codeOf(as(ada, sql`SELECT 1 / 0`));
  expect((await pipeline(client, [state], 5_000))[0]?.rows).toEqual([{ itself: true, user: "" }]);
});

/** A statement about the role that requests run in. */
const toRequests = (statement: string) =>
  `DO $$ BEGIN EXECUTE format('${statement}', "request_role"('request')); END $$`;

describe("at the start", () => {
  test("all is as it should be", async () => {
    expect(await checkWalls(database.db)).toBeUndefined();
  });

  test.each([
    [`ALTER TABLE "task" DISABLE ROW LEVEL SECURITY`, /rows in task/],
    [`ALTER TABLE "idempotency_record" NO FORCE ROW LEVEL SECURITY`, /rows in idempotency_record/],
    [toRequests(`GRANT SELECT ("email") ON "user" TO %I`), /rows in "user"/],
    [`CREATE TABLE "note" ("userId" text); GRANT SELECT ON "note" TO PUBLIC`, /rows in note/],
    [`CREATE POLICY "extra" ON "task" USING (true)`, /policy extra of public.task/],
    [
      `CREATE TABLE "note" ("userId" text); ALTER TABLE "note" ENABLE ROW LEVEL SECURITY; ALTER TABLE "note" FORCE ROW LEVEL SECURITY; CREATE POLICY "all" ON "note" USING (true); GRANT SELECT ON "note" TO PUBLIC`,
      /policy "all" of public.note/,
    ],
    [toRequests(`GRANT DELETE ON "user" TO %I`), /rows in "user"/],
    [toRequests(`GRANT TRUNCATE ON "task" TO %I`), /more with task than/],
    [
      `CREATE FUNCTION "everybody"() RETURNS SETOF "user" LANGUAGE sql SECURITY DEFINER RETURN NULL::"user"`,
      /call everybody\(\) with its owner's rights/,
    ],
    [`DROP FUNCTION "request_role"`, /migrations have not been applied/],
    [
      `CREATE OR REPLACE FUNCTION "request_role"(kind text) RETURNS text LANGUAGE sql IMMUTABLE RETURN 'gone'`,
      /GRANT the roles/,
    ],
  ])("%s is noticed", async (breach, message) => {
    const broken = await testDatabase();
    await administer(broken.url, breach);
    const error = await checkWalls(broken.db).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(WallError);
    expect((error as Error).message).toMatch(message);
    await broken.drop();
  });
});
