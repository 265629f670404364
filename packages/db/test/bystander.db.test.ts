import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { checkWalls, WallError } from "../src/index.ts";
import { createUser, type TestDatabase, testDatabase } from "../src/testing/index.ts";
import { administer } from "../src/testing/test-base.ts";

// Somebody else on the same server, who may connect to the database, as PostgreSQL lets everybody.
describe.runIf(inject("testBase").kind === "postgres")("a bystander", () => {
  const name = `bystander_${randomUUID().slice(0, 8)}`;
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await testDatabase();
    const { serverUrl } = inject("testBase") as { serverUrl: string };
    await administer(serverUrl, `CREATE ROLE "${name}" LOGIN`);
    await createUser(database.db, { name: "ada" });
    const url = new URL(database.url);
    url.username = name;
    client = new pg.Client({ connectionString: url.href });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
    const { serverUrl } = inject("testBase") as { serverUrl: string };
    await administer(serverUrl, `DROP ROLE "${name}"`);
  });
  const refused = (statement: string) =>
    expect(client.query(statement)).rejects.toMatchObject({ code: "42501" });

  test("reads nothing, and acts as nobody", async () => {
    await refused(`SELECT FROM "user"`);
    await refused(`SELECT FROM "task"`);
    await refused(`SELECT "request_role"('request')`);
    await refused(`CALL "wall_in"('task')`);
    await refused(`SELECT "fold_task_deltas"('ada')`);
    await refused(`SELECT "recount_tasks"()`);
    for (const kind of ["request", "words", "tag"]) {
      await refused(`SET ROLE "taskbridge_${kind}_taskbridge_template"`);
    }
  });

  test("cannot put what runs with the owner's rights to work on tables of their own", async () => {
    await client.query(`CREATE TEMP TABLE "bait" ("id" text)`);
    for (const [event, definer] of [
      ["DELETE", "revoke_session"],
      ["TRUNCATE", "revoke_all_sessions"],
    ]) {
      await refused(
        `CREATE TRIGGER "spring" AFTER ${event} ON "bait" EXECUTE FUNCTION "${definer}"()`,
      );
    }
  });

  test("does not get there by temporary tables of the same name, even if let", async () => {
    await administer(database.url, `GRANT EXECUTE ON FUNCTION "revoke_session"() TO "${name}"`);
    await client.query(`
      CREATE TEMP TABLE "revoked_session" ("sessionId" text PRIMARY KEY, "revokedAt" timestamptz,
        "expiresAt" timestamptz, "transactionId" bigint);
      GRANT ALL ON "revoked_session" TO PUBLIC;
      CREATE TEMP TABLE "decoy" ("id" text);
      INSERT INTO "decoy" VALUES ('planted');
      CREATE TRIGGER "spring" AFTER DELETE ON "decoy" FOR EACH ROW EXECUTE FUNCTION "revoke_session"();
      DELETE FROM "decoy"`);
    expect((await client.query(`SELECT FROM pg_temp."revoked_session"`)).rowCount).toBe(0);
  });

  test("who may act as a request is noticed at the start", async () => {
    await administer(database.url, `GRANT "taskbridge_request_taskbridge_template" TO "${name}"`);
    const error = await checkWalls(database.db).catch((error: unknown) => error);
    await administer(
      database.url,
      `REVOKE "taskbridge_request_taskbridge_template" FROM "${name}"`,
    );
    expect(error).toBeInstanceOf(WallError);
    expect((error as Error).message).toContain(`be played by ${name}`);
    expect(await checkWalls(database.db)).toBeUndefined();
  });
});
