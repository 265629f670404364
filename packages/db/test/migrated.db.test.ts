import { afterAll, beforeAll, expect, test } from "vitest";
import { checkMigrated, MigrationError } from "../src/index.ts";
import { type TestDatabase, testDatabase } from "../src/testing/index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const names = async () => {
  const rows = await database.client.$queryRaw<{ migration_name: string }[]>`
    SELECT migration_name FROM "_prisma_migrations" ORDER BY migration_name`;
  return rows.map((row) => row.migration_name);
};
const refusal = () => checkMigrated(database.db).catch((error: unknown) => error);

test("a database that has all migrations, and a newer version's besides, will do", async () => {
  await expect(checkMigrated(database.db)).resolves.toBeUndefined();
  await database.client.$executeRaw`
    INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at)
    VALUES ('newer', '', '29990101000000_newer', now(), now())`;
  await expect(checkMigrated(database.db)).resolves.toBeUndefined();
});

test("one that lacks some is refused by the first one's name", async () => {
  const [first] = await names();
  const known = await database.client.$executeRaw`
    UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE id <> 'newer'`;
  expect(known).toBeGreaterThan(1);
  const error = await refusal();
  expect(error).toBeInstanceOf(MigrationError);
  expect((error as Error).message).toBe(
    `The database lacks the migration ${first} and ${known - 1} more: start the web host of this version on it first, which applies them.`,
  );
});

test("one that was begun and not finished is missing, and so are all where nobody has migrated", async () => {
  const last = (await names()).at(-2);
  await database.client.$executeRaw`UPDATE "_prisma_migrations" SET rolled_back_at = NULL`;
  await database.client.$executeRaw`
    UPDATE "_prisma_migrations" SET finished_at = NULL WHERE migration_name = ${last}`;
  expect(await refusal()).toMatchObject({ message: expect.stringContaining(`${last}: start`) });
  await database.client.$executeRaw`DROP TABLE "_prisma_migrations"`;
  expect(await refusal()).toBeInstanceOf(MigrationError);
});
