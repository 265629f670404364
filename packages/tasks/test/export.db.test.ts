import { isWholeExport } from "@taskbridge/contract";
import { createScope } from "@taskbridge/db";
import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTaskService } from "../src/index.ts";

const tasks = createTaskService({ cursorKey: new Uint8Array(32).fill(7) });
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** A user with so many tasks, named by their place, every one with notes of such a length. */
async function userWith(count: number, notesLength: number) {
  const { client, db } = database;
  const { id } = await createUser(db);
  await client.$executeRaw`
    INSERT INTO "task" ("id", "userId", "title", "titleKey", "notes", "createdAt")
    SELECT gen_random_uuid(), ${id}, n, n, repeat('n', ${notesLength}::int),
      timestamptz '2026-01-01' + n * interval '1 minute'
    FROM generate_series(1, ${count}::int) AS n`;
  return createScope(db, { userId: id });
}

async function piecesOf(scope: Awaited<ReturnType<typeof userWith>>) {
  const pieces: string[] = [];
  for await (const piece of tasks.export(scope, { format: "json", status: "all" })) {
    pieces.push(piece);
  }
  const titles = (JSON.parse(pieces.join("")) as { title: string }[]).map(({ title }) => title);
  return { titles, sizes: pieces.map((piece) => piece.length) };
}
const upTo = (count: number) => Array.from({ length: count }, (_, at) => String(at + 1));

test("long notes make no long pieces, and no task is missing or anybody else's", async () => {
  const ada = await userWith(400, 10_000);
  const bob = await userWith(1_234, 0);
  const { titles, sizes } = await piecesOf(ada);
  expect(titles).toEqual(upTo(400));
  // How long they are is known after the first.
  expect(Math.max(...sizes.slice(1))).toBeLessThan(150_000);

  const short = await piecesOf(bob);
  expect(short.titles).toEqual(upTo(1_234));
  expect(short.sizes.length).toBeLessThan(8);
});

test.each([0, 1, 99, 100, 101])("%i tasks are one whole text, in both formats", async (count) => {
  const scope = await userWith(count, 0);
  expect((await piecesOf(scope)).titles).toEqual(upTo(count));
  for (const format of ["json", "csv"] as const) {
    let text = "";
    for await (const piece of tasks.export(scope, { format, status: "all" })) {
      expect(isWholeExport(format, text)).toBe(false);
      text += piece;
    }
    expect(isWholeExport(format, text)).toBe(true);
    expect(text.trim().split("\n")).toHaveLength(format === "csv" ? count + 1 : count + 2);
  }
});
