import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { moveData } from "../src/move-data.ts";

let from: TestDatabase;
let to: TestDatabase;
beforeAll(async () => {
  [from, to] = await Promise.all([testDatabase(), testDatabase()]);
});
afterAll(() => Promise.all([from.drop(), to.drop()]));

test("all rows of both users move, whatever is in them, and are counted", async () => {
  const people = [await createUser(from.db), await createUser(from.db)];
  for (const [at, { id }] of people.entries()) {
    await from.client.session.create({
      data: { id: `session ${at}`, userId: id, token: `token ${at}`, expiresAt: new Date() },
    });
    await from.client.$executeRaw`
      INSERT INTO "task" ("id", "userId", "title", "titleKey", "searchTitle", "notes", "searchNotes", "tags", "dueDate")
      SELECT gen_random_uuid(), ${id}, 'Ünï "quoted" \\ 🧺', 't', 't', E'a\nb', 'a', ARRAY['x,y', '"{}'], '2026-12-05'
      FROM generate_series(1, 700)`;
  }
  await from.client.$executeRaw`
    INSERT INTO "idempotency_record" ("userId", "key", "fingerprint", "status", "headers", "body", "expiresAt")
    VALUES (${people[0]?.id}, 'k', 'f', 201, '[]', '\\x00ff', now())`;

  const moved = await moveData(from.url, to.url);

  expect(moved).toMatchObject({ user: 2, session: 2, task: 1_400, idempotency_record: 1 });
  const rowsOf = ({ client }: TestDatabase) => client.task.findMany({ orderBy: { id: "asc" } });
  expect(await rowsOf(to)).toEqual(await rowsOf(from));
  const [counts] = await to.client.$queryRaw<object[]>`
    SELECT sum("open")::int AS "open" FROM "task_delta" WHERE NOT "folded"`;
  expect(counts).toEqual({ open: 1_400 });
  expect(await to.client.idempotencyRecord.findMany()).toEqual(
    await from.client.idempotencyRecord.findMany(),
  );
});

test("a database that has accounts is left as it is", async () => {
  await expect(moveData(from.url, to.url)).rejects.toThrow("has accounts already");
});
