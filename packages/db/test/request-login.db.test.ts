import type pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { poolOf, requestPoolOf } from "../src/client.ts";
import {
  applyMigrations,
  checkWalls,
  createDb,
  createScope,
  type Db,
  mendRights,
  Prisma,
  purgeDeletedTasks,
  WallError,
} from "../src/index.ts";
import { makeRequestLogin, RequestLoginError } from "../src/migrations.ts";
import { pipeline } from "../src/pipeline.ts";
import { statementsOf } from "../src/statements.ts";
import {
  type CreatedUser,
  createUser,
  startTestServer,
  type TestServer,
} from "../src/testing/index.ts";
import { administer, onDatabase } from "../src/testing/test-base.ts";
import { taskTable } from "./support/task-table.ts";

const { sql, raw } = Prisma;
const postgres = inject("testBase").kind === "postgres";

describe.runIf(postgres)("requests with a login of their own", () => {
  let server: TestServer;
  let url: string;
  let adminUrl: string;
  let requestUrl: string;
  let db: Db;
  let ada: CreatedUser;
  let bob: CreatedUser;

  beforeAll(async () => {
    const started = await startTestServer();
    if (!started) throw new Error("There are no PostgreSQL server binaries here.");
    server = started;
    await administer(server.url, `CREATE ROLE taskbridge LOGIN CREATEROLE`);
    await administer(server.url, `CREATE DATABASE "Its tasks" OWNER taskbridge`);
    url = onDatabase(server.url, "Its tasks");
    const admin = new URL(server.url);
    admin.pathname = "/Its tasks";
    adminUrl = admin.href;
    await expect(makeRequestLogin(url, "too early")).rejects.toThrow(RequestLoginError);
    await applyMigrations(url);
    ({ url: requestUrl } = await makeRequestLogin(url, "a password"));
    db = createDb(url, { requestUrl });
    ada = await createUser(db, { name: "ada" });
    bob = await createUser(db, { name: "bob" });
    for (const user of [ada, bob]) {
      const scope = createScope(db, { userId: user.id });
      const title = `${user.name}s secret`;
      await scope.rows(taskTable).insert([{ id: crypto.randomUUID(), title, titleKey: title }]);
    }
  });
  afterAll(async () => {
    await db?.close();
    await server?.stop();
  });

  /** Another Db beside it, on a login that a test has spoilt. */
  async function refusalWhile(spoil: string, mend: string) {
    await administer(adminUrl, spoil);
    const other = createDb(url, { requestUrl });
    const error = await checkWalls(other).catch((error: unknown) => error);
    await other.close();
    await administer(adminUrl, mend);
    return error;
  }

  test("do their work, keep their answers, and nothing needs mending", async () => {
    await checkWalls(db);
    expect(await mendRights(db)).toEqual([]);
    const scope = createScope(db, { userId: ada.id });
    const read = () => scope.rows(taskTable).find({ columns: ["title"], brief: true });
    expect(await read()).toEqual([{ title: "adas secret" }]);
    const answer = { status: 200, headers: [], body: new Uint8Array([1]) };
    for (const replayed of [false, true]) {
      const outcome = await scope.once({ key: "k", fingerprint: "f" }, async () => answer);
      expect(outcome).toMatchObject({ kind: "answered", replayed });
    }
    // What is no request's goes on as the owner.
    expect(await purgeDeletedTasks(db, new Date())).toBe(0);
    const [who] = (
      await statementsOf(requestPoolOf(db), ada.id).run(sql`SELECT session_user AS login`)
    ).rows;
    expect(who).toEqual({ login: "taskbridge_login_Its tasks" });
  });

  test("a host without the setting starts on the same database", async () => {
    const other = createDb(url);
    await checkWalls(other);
    await other.close();
  });

  // As a bug would send it: text that an attacker wrote, in the place of a request's statement.
  const inPlace = async (text: string) => {
    try {
      return (await statementsOf(requestPoolOf(db), ada.id).run(raw(text))).rows;
    } catch (error) {
      return (error as pg.DatabaseError).code;
    }
  };
  const nothingToResetTo = [
    "RESET ROLE",
    "SET ROLE NONE",
    "PERFORM set_config('role', 'none', true)",
    "PERFORM set_config('role', 'none', false)",
  ];
  const others = [
    "user",
    "session",
    "account",
    "verification",
    "jwks",
    "rate_limit",
    "revoked_session",
    "_prisma_migrations",
  ];

  test.each(nothingToResetTo)(
    "SQL in a request's place that says %s reads no table",
    async (reset) => {
      for (const table of [...others, "task", "task_delta", "idempotency_record"]) {
        const steal = `DO $$ BEGIN ${reset}; PERFORM FROM "${table}"; END $$`;
        expect(await inPlace(steal), table).toBe("42501");
        const change = `DO $$ BEGIN ${reset}; DELETE FROM "${table}"; END $$`;
        expect(await inPlace(change), table).toBe("42501");
      }
    },
  );

  test.each([
    "SET ROLE taskbridge",
    "SET SESSION AUTHORIZATION taskbridge",
    "SET SESSION AUTHORIZATION postgres",
    "SELECT set_config('role', 'taskbridge', true)",
    "SELECT set_config('role', 'postgres', true)",
    "SELECT set_config('session_authorization', 'taskbridge', true)",
    ...others.map((table) => `SELECT * FROM "${table}"`),
    `COPY "user" TO PROGRAM 'cat'`,
    `COPY (SELECT 1) TO PROGRAM 'cat'`,
    `COPY (SELECT 1) TO '/tmp/taskbridge'`,
    `SELECT pg_read_file('PG_VERSION')`,
    `SELECT lo_import('/etc/passwd')`,
    "CREATE TABLE mine (id int)",
    "CREATE TEMP TABLE task (id int)",
    "CREATE SCHEMA mine",
    "CREATE EXTENSION dblink",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1",
    "CREATE ROLE mine",
    `ALTER TABLE "task" DISABLE ROW LEVEL SECURITY`,
    `DROP POLICY "request" ON "task"`,
    `CREATE TRIGGER mine AFTER INSERT ON "task" EXECUTE FUNCTION count_added_tasks()`,
    `GRANT taskbridge TO CURRENT_USER`,
    `TRUNCATE "task"`,
    `SELECT * FROM pg_authid`,
    "ALTER ROLE taskbridge PASSWORD 'mine'",
    `SELECT "recount_tasks"()`,
    `CALL "wall_in"('task')`,
  ])("SQL in a request's place gets nothing by %s", async (attack) => {
    expect(await inPlace(attack)).toMatch(/^(42501|42704|22023|0LP01|42710)$/);
    if (attack.includes("$$")) return;
    const afterReset = `DO $do$ BEGIN RESET ROLE; EXECUTE $sql$${attack}$sql$; END $do$`;
    expect(await inPlace(afterReset)).toMatch(/^(42501|42704|22023|0LP01|42710|0A000)$/);
  });

  test("SQL that copies from or to its client is answered, and ends nothing", async () => {
    expect(await inPlace(`COPY "task" TO STDOUT`)).toEqual([]);
    expect(await inPlace(`COPY "task" FROM STDIN`)).toBe("0A000");
    expect(await inPlace(`SELECT "title" FROM "task"`)).toEqual([{ title: "adas secret" }]);
    const client = await poolOf(db).connect();
    const send = (text: string) => pipeline(client, [raw(text)], 5_000);
    await expect(send(`COPY "rate_limit" FROM STDIN`)).rejects.toMatchObject({ code: "57014" });
    expect(await send("SELECT 1 AS one")).toMatchObject([{ rows: [{ one: 1 }] }]);
    client.release(true);
  });

  test("what remains: it can say that it is another user, and has that user's tasks", async () => {
    expect(await inPlace(`SELECT "title" FROM "task"`)).toEqual([{ title: "adas secret" }]);
    const other = `SELECT "title" FROM (SELECT set_config('taskbridge.user_id', '${bob.id}', true)) AS "said", "task"`;
    // Known and written down in docs/security.md; should this fail, it is to be changed there too.
    const rows =
      await inPlace(`WITH said AS MATERIALIZED (SELECT set_config('taskbridge.user_id', '${bob.id}', true) AS id)
      SELECT (SELECT "title" FROM "task" WHERE said.id = "userId") AS "title" FROM said`);
    expect(await inPlace(other)).toBeDefined();
    expect(rows).toEqual([{ title: "bobs secret" }]);
  });

  test("the next request is itself again, whatever was said", async () => {
    await inPlace("SELECT set_config('role', 'none', false)");
    await inPlace(`SELECT set_config('taskbridge.user_id', '${bob.id}', false)`);
    const rows = createScope(db, { userId: ada.id }).rows(taskTable);
    expect(await rows.find({ columns: ["title"] })).toEqual([{ title: "adas secret" }]);
  });

  test.each(["SET search_path = pg_catalog", "SET row_security = off"])(
    "a connection that is spoilt by %s fails once, and is closed",
    async (spoil) => {
      const one = createDb(url, { requestUrl, poolSize: 1 });
      await statementsOf(requestPoolOf(one), ada.id).run(raw(spoil));
      const rows = createScope(one, { userId: bob.id }).rows(taskTable);
      const read = () => rows.find({ columns: ["title"] });
      await expect(read()).rejects.toThrow();
      expect(await read()).toEqual([{ title: "bobs secret" }]);
      await one.close();
    },
  );

  const login = `"taskbridge_login_Its tasks"`;
  test.each([
    [`GRANT taskbridge TO ${login}`, `REVOKE taskbridge FROM ${login}`, /become taskbridge/],
    [
      `GRANT pg_read_all_data TO ${login}`,
      `REVOKE pg_read_all_data FROM ${login}`,
      /become pg_read_all_data/,
    ],
    [`ALTER ROLE ${login} CREATEROLE`, `ALTER ROLE ${login} NOCREATEROLE`, /NOCREATEROLE/],
    [`ALTER ROLE ${login} BYPASSRLS`, `ALTER ROLE ${login} NOBYPASSRLS`, /NOBYPASSRLS/],
    [
      `ALTER ROLE ${login} SUPERUSER`,
      `ALTER ROLE ${login} NOSUPERUSER`,
      /is a superuser: name the login that "npm run db:request-role" makes/,
    ],
    [
      `ALTER ROLE ${login} INHERIT; GRANT taskbridge TO ${login}`,
      `ALTER ROLE ${login} NOINHERIT; REVOKE taskbridge FROM ${login}`,
      /REVOKE taskbridge FROM/,
    ],
    [
      `GRANT SELECT ON "session" TO ${login}`,
      `REVOKE SELECT ON "session" FROM ${login}`,
      /rows in session/,
    ],
    [`CREATE TABLE theirs (); ALTER TABLE theirs OWNER TO ${login}`, "DROP TABLE theirs", /theirs/],
    [
      `GRANT TEMPORARY ON DATABASE "Its tasks" TO PUBLIC`,
      `REVOKE TEMPORARY ON DATABASE "Its tasks" FROM PUBLIC`,
      /REVOKE TEMPORARY/,
    ],
  ])("a login that has more is refused: %s", async (spoil, mend, message) => {
    const error = await refusalWhile(spoil, mend);
    expect(error).toBeInstanceOf(WallError);
    expect(String(error)).toMatch(message);
  });

  test("a large object, which anybody may make, stops no start", async () => {
    const make = `SET SESSION AUTHORIZATION ${login}; SELECT lo_create(424242); RESET SESSION AUTHORIZATION`;
    expect(await refusalWhile(make, "SELECT lo_unlink(424242)")).toBeUndefined();
  });

  test("a login that was set to fail is made anew by the same command", async () => {
    const change = (what: string) =>
      inPlace(`DO $$ BEGIN RESET ROLE; ALTER ROLE CURRENT_USER ${what}; END $$`);
    expect(await change("SET search_path = pg_catalog")).toEqual([]);
    expect(await change(`IN DATABASE "Its tasks" SET row_security = off`)).toEqual([]);
    expect(await change("PASSWORD 'mine'")).toEqual([]);
    const spoilt = createDb(url, { requestUrl });
    await expect(checkWalls(spoilt)).rejects.toThrow();
    await spoilt.close();
    expect((await makeRequestLogin(url, "a password")).url).toBe(requestUrl);
    const mended = createDb(url, { requestUrl });
    await checkWalls(mended);
    await mended.close();
  });

  test("one for another database is refused, and so is the owner's", async () => {
    await administer(server.url, "CREATE DATABASE elsewhere OWNER taskbridge");
    const elsewhere = onDatabase(server.url, "elsewhere");
    await applyMigrations(elsewhere);
    for (const [wrong, message] of [
      [elsewhere, /another database/],
      [`${url}&application_name=owner`, /taskbridge may, who owns the tables: name the login that/],
      [adminUrl, /who is a superuser: name the login that/],
    ] as const) {
      const other = createDb(url, { requestUrl: wrong });
      await expect(checkWalls(other)).rejects.toThrow(message);
      await other.close();
    }
  });

  test("rights that a restore left out are set again for it too", async () => {
    await administer(adminUrl, `REVOKE EXECUTE ON FUNCTION "request_role"(text) FROM PUBLIC`);
    expect(await mendRights(db)).toEqual([
      `GRANT EXECUTE ON FUNCTION "request_role"(text) TO PUBLIC`,
    ]);
    await checkWalls(db);
  });

  test("an owner who may make no roles is told what an administrator runs, and that works", async () => {
    await administer(adminUrl, "ALTER ROLE taskbridge NOCREATEROLE");
    const { made, statements } = await makeRequestLogin(url, "another password");
    expect(made).toBe(false);
    await administer(adminUrl, statements.join(";"));
    expect((await makeRequestLogin(url, "a third one", adminUrl)).made).toBe(true);
    await checkWalls(db);
  });
});
