import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bareClient } from "../src/bare-client.ts";
import { createDb, isForeignKeyViolation, Prisma } from "../src/index.ts";
import { createUser, type TestDatabase, testDatabase } from "../src/testing/index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test("an instant is the same one for the client and for the database, in any time zone", async () => {
  const { id } = await createUser(database.db);
  const at = new Date("2026-03-29T01:30:00.123Z");
  // The server's defaults, which the client must not depend on.
  await database.client.$executeRawUnsafe(
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone TO ''Europe/Berlin''', current_database());
     EXECUTE format('ALTER DATABASE %I SET datestyle TO ''SQL, DMY''', current_database()); END $$`,
  );
  const opened = createDb(database.url, { poolSize: 2 });
  const db = bareClient(opened);
  await db.user.update({ where: { id }, data: { createdAt: at } });
  expect((await db.user.findUnique({ where: { id } }))?.createdAt).toEqual(at);
  const [row] = await db.$queryRaw<[{ ms: number }]>`
    SELECT (extract(epoch FROM "createdAt") * 1000)::float8 AS ms FROM "user" WHERE id = ${id}`;
  expect(row.ms).toBe(at.getTime());
  await opened.close();
});

test("a task of a user that does not exist breaks a foreign key", async () => {
  const data = { id: crypto.randomUUID(), userId: "nobody", title: "x", titleKey: "x" };
  const error = await database.client.task.create({ data }).catch((error: unknown) => error);
  expect(isForeignKeyViolation(error)).toBe(true);
  const plain = Prisma.sql`INSERT INTO "task" ("id", "userId", "title", "titleKey")
    VALUES (gen_random_uuid(), 'nobody', 'x', 'x')`;
  const raw = await database.client.$executeRaw(plain).catch((error: unknown) => error);
  expect(isForeignKeyViolation(raw)).toBe(true);
});

test("two users cannot have one e-mail address", async () => {
  const { email } = await createUser(database.db);
  const data = { id: crypto.randomUUID(), name: "second", email };
  const error = await database.client.user.create({ data }).catch((error: unknown) => error);
  expect(isForeignKeyViolation(error)).toBe(false);
  expect(error).toMatchObject({ code: "P2002" });
});

test("a user's rows go with the user", async () => {
  const { id } = await createUser(database.db);
  await database.client.task.create({
    data: { id: crypto.randomUUID(), userId: id, title: "x", titleKey: "x" },
  });
  const expiresAt = new Date();
  await database.client.session.create({ data: { id: "s", token: "t", userId: id, expiresAt } });
  await database.client.user.delete({ where: { id } });
  expect(await database.client.task.count({ where: { userId: id } })).toBe(0);
  expect(await database.client.session.count({ where: { userId: id } })).toBe(0);
});

test("title keys are compared byte by byte", async () => {
  const { id: userId } = await createUser(database.db);
  const keys = ["a", "B", "ä", "_", "Z"];
  await database.client.task.createMany({
    data: keys.map((titleKey) => ({ id: crypto.randomUUID(), userId, title: "", titleKey })),
  });
  const rows = await database.client.task.findMany({
    where: { userId },
    orderBy: { titleKey: "asc" },
  });
  expect(rows.map((row) => row.titleKey)).toEqual(["B", "Z", "_", "a", "ä"]);
});

test("many queries at once each get their own answer", async () => {
  const pool = new pg.Pool({ connectionString: database.url, max: 10 });
  const ask = async (i: number) => {
    const name = i % 2 ? `statement ${i % 4}` : undefined;
    const text = `SELECT $1::int AS ${"abcd"[i % 4]}, $2::text AS padding`;
    const { rows } = await pool.query({ name, text, values: [i, "x".repeat(i * 100)] });
    return Object.values(rows[0])[0];
  };
  const numbers = Array.from({ length: 400 }, (_, i) => i);
  expect(await Promise.all(numbers.map(ask))).toEqual(numbers);
  await pool.end();
});

test("transactions side by side do not see each other's writes before they commit", async () => {
  const { db, client } = database;
  const { id } = await createUser(db);
  const one = (n: number) =>
    client
      .$transaction(async (tx) => {
        const data = { id: crypto.randomUUID(), userId: id, title: `${n}`, titleKey: `${n}` };
        await tx.task.create({ data });
        if (n % 2) throw new Error("roll back");
      })
      .catch(() => {});
  await Promise.all(Array.from({ length: 40 }, (_, n) => one(n)));
  expect(await client.task.count({ where: { userId: id } })).toBe(20);
});

test("a connection lost in a transaction leaves nothing behind and holds nobody up", async () => {
  const client = new pg.Client({ connectionString: database.url });
  client.on("error", () => {});
  await client.connect();
  await client.query("BEGIN");
  await client.query(`CREATE TABLE left_behind (id int)`);
  (
    client as unknown as { connection: { stream: { destroy(): void } } }
  ).connection.stream.destroy();
  const rows = await database.client.$queryRaw`SELECT to_regclass('left_behind')::text AS name`;
  expect(rows).toEqual([{ name: null }]);
});
