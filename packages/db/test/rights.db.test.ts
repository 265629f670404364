import { expect, inject, test } from "vitest";
import {
  checkOwnership,
  checkWalls,
  createDb,
  createScope,
  mendRights,
  WallError,
} from "../src/index.ts";
import { createUser, type TestDatabase, testDatabase } from "../src/testing/index.ts";
import { administer } from "../src/testing/test-base.ts";
import { taskTable } from "./support/task-table.ts";

const base = inject("testBase");

async function withDatabase(work: (database: TestDatabase) => Promise<void>) {
  const database = await testDatabase();
  await work(database).finally(database.drop);
}

/** All rights on what is in the schema, as PostgreSQL keeps them, without their order. */
const rightsOf = ({ client }: TestDatabase) =>
  client.$queryRaw<{ name: string; acl: string }[]>`
    SELECT name, acl::text FROM (
      SELECT oid::regclass::text AS name, unnest(relacl) AS acl FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION ALL SELECT oid::regprocedure::text, acl FROM pg_proc, unnest(proacl) AS acl
        WHERE pronamespace = 'public'::regnamespace AND (prosecdef OR acl::text ~ '^taskbridge_')
    ) AS each WHERE acl::text !~ '^postgres|^taskbridge=' ORDER BY name, acl::text`;

/** What `pg_restore --no-privileges` leaves out, and PostgreSQL gives to everybody instead. */
const forget = `DO $$
DECLARE o record;
BEGIN
  FOR o IN SELECT oid::regclass AS name, "request_role"(kind) AS role FROM pg_class, unnest(ARRAY['request', 'words', 'tag']) AS kind
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('REVOKE ALL ON %s FROM %I', o.name, o.role);
  END LOOP;
  FOR o IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace LOOP
    EXECUTE format('REVOKE ALL ON ROUTINE %s FROM %I', o.name, "request_role"('request'));
    EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO PUBLIC', o.name);
  END LOOP;
END $$`;

test("a database as the migrations make it needs nothing mended", () =>
  withDatabase(async ({ db }) => {
    expect(await mendRights(db)).toEqual([]);
  }));

test("after a restore without rights the start refuses, or gives back just what the migrations gave", () =>
  withDatabase(async (database) => {
    const { db, url } = database;
    const before = await rightsOf(database);
    await administer(url, forget);
    await expect(checkWalls(db)).rejects.toThrow(WallError);
    expect(await mendRights(db)).not.toEqual([]);
    expect(await rightsOf(database)).toEqual(before);
    await checkWalls(db);
    const { id: userId } = await createUser(db);
    const rows = createScope(db, { userId }).rows(taskTable);
    await rows.insert([{ id: crypto.randomUUID(), title: "Kept", titleKey: "kept" }]);
    expect(await mendRights(db)).toEqual([]);
  }));

test.each([
  `REVOKE SELECT ON "task" FROM %I`,
  `REVOKE INSERT ON "task" FROM %I`,
  `REVOKE SELECT ON "idempotency_record" FROM %I`,
  `REVOKE EXECUTE ON FUNCTION "fold_task_deltas" FROM %I`,
  `ALTER POLICY "request" ON "task_delta" TO PUBLIC`,
])("requests that may no longer do their work are noticed: %s", (loss) =>
  withDatabase(async ({ db, url }) => {
    const text = `DO $$ BEGIN EXECUTE format('${loss}', "request_role"('request')); END $$`;
    await administer(url, text);
    await expect(checkWalls(db)).rejects.toThrow(/^Requests may not /);
  }),
);

test.runIf(base.kind === "postgres")(
  "tables that another owns are told with the commands that give them back",
  () =>
    withDatabase(async (database) => {
      if (base.kind !== "postgres") return;
      const { db, url } = database;
      const asAdmin = new URL(base.serverUrl);
      asAdmin.pathname = new URL(url).pathname;
      await checkOwnership(url);
      await administer(
        asAdmin.href,
        `DO $$ DECLARE o regclass; BEGIN
          FOR o IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
            EXECUTE format('ALTER TABLE %s OWNER TO postgres', o);
          END LOOP; END $$;
         ALTER POLICY "owner" ON "task" TO postgres`,
      );
      const error = await checkOwnership(url).catch((error: Error) => error);
      expect(error).toBeInstanceOf(WallError);
      const [, commands = ""] = String(error).split("in this database: ");
      expect(commands).toMatch(/^ALTER TABLE .*"user" OWNER TO taskbridge/);
      await administer(asAdmin.href, commands);
      await checkOwnership(url);
      expect(await mendRights(db)).toEqual([`ALTER POLICY "owner" ON task TO CURRENT_USER`]);
      await checkWalls(db);
    }),
);

test.runIf(base.kind === "postgres")(
  "a user who may not act as a request is told what an administrator runs",
  () =>
    withDatabase(async ({ db, url }) => {
      if (base.kind !== "postgres") return;
      const asAdmin = new URL(base.serverUrl);
      asAdmin.pathname = new URL(url).pathname;
      const name = `"request_role"`;
      const gone = `CREATE OR REPLACE FUNCTION ${name}(kind text) RETURNS text LANGUAGE sql IMMUTABLE RETURN kind || ' of none'`;
      await administer(asAdmin.href, gone);
      const error = await mendRights(db).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(WallError);
      expect(String(error)).toMatch(
        /CREATE ROLE "request of none" NOLOGIN NOINHERIT; .*GRANT .* TO taskbridge;/,
      );
    }),
);

test.runIf(base.kind === "postgres")(
  "roles that serve another database are not handed to a second one",
  () =>
    withDatabase(async ({ url }) => {
      const role = `second_${crypto.randomUUID().replaceAll("-", "")}`;
      const { serverUrl } = base as Extract<typeof base, { kind: "postgres" }>;
      await administer(serverUrl, `CREATE ROLE ${role} LOGIN`);
      await administer(url, `GRANT EXECUTE ON FUNCTION "request_role"(text) TO ${role}`);
      const own = new URL(url);
      own.username = role;
      const db = createDb(own.href);
      await expect(mendRights(db)).rejects.toThrow(
        /are those of taskbridge, the user of another Taskbridge database .* cannot serve two/,
      );
      await db.close();
      await administer(url, `REVOKE EXECUTE ON FUNCTION "request_role"(text) FROM ${role}`);
      await administer(serverUrl, `DROP ROLE ${role}`);
    }),
);
