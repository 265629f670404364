import {
  compareTags,
  MAX_COUNTED_TAGS,
  type TaskCounts,
  taskCreateSchema,
} from "@taskbridge/contract";
import {
  createScope,
  deletedForGood,
  foldTaskDeltas,
  type OwnerScope,
  Prisma,
  purgeDeletedTasks,
  type RequestScope,
} from "@taskbridge/db";
import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTaskService } from "../src/index.ts";
import { deletedTaskTable, taskTable } from "../src/task-table.ts";

const { sql } = Prisma;
const tasks = createTaskService({ cursorKey: new Uint8Array(32).fill(7) });
const today = "2026-03-02";
let database: TestDatabase;
let ada: RequestScope;
let bob: RequestScope;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.client.user.deleteMany();
  ada = await somebody();
  bob = await somebody();
});
afterAll(() => database.drop());

const somebody = async () =>
  createScope(database.db, { userId: (await createUser(database.db)).id });
const create = (scope: OwnerScope, rest: object = {}) =>
  tasks.create(scope, taskCreateSchema.parse({ title: "Task", ...rest }));
const deltasOf = ({ userId }: OwnerScope) => database.client.taskDelta.count({ where: { userId } });

/** What the tasks themselves say. */
async function plainCount(scope: OwnerScope): Promise<TaskCounts> {
  const openAnd = (due: Prisma.Sql) =>
    sql`count(*) FILTER (WHERE "completedAt" IS NULL AND ${due})::int`;
  const [counts] = await scope.rows(taskTable).select<TaskCounts>(sql`
    SELECT count(*) FILTER (WHERE "completedAt" IS NULL)::int AS "open",
      count("completedAt")::int AS "completed",
      ${openAnd(sql`"dueDate" < ${today}::date`)} AS "overdue",
      ${openAnd(sql`"dueDate" = ${today}::date`)} AS "today",
      ${openAnd(sql`"dueDate" > ${today}::date`)} AS "upcoming",
      (SELECT coalesce(json_agg(counted), '[]') FROM (
        SELECT "tag", count(*) FILTER (WHERE "completedAt" IS NULL) AS "open",
          count("completedAt") AS "completed"
        FROM "task", unnest("tags") AS "tag"
        GROUP BY "tag" ORDER BY count(*) DESC, "tag" COLLATE "C" LIMIT ${MAX_COUNTED_TAGS}
      ) AS counted) AS "tags"
    FROM "task"`);
  if (!counts) throw new Error("An aggregate without groups has one row.");
  return { ...counts, tags: counts.tags.sort((a, b) => compareTags(a.tag, b.tag)) };
}
async function expectTruth(...scopes: OwnerScope[]) {
  for (const scope of scopes) {
    const counts = await tasks.counts(scope, { today });
    expect(JSON.stringify(counts)).toBe(JSON.stringify(await plainCount(scope)));
  }
}

const tag = fc.constantFrom("a", "b", "c");
const fields = fc.record({
  dueDate: fc.constantFrom(null, "2026-03-01", today, "2026-03-03"),
  tags: fc.uniqueArray(tag, { maxLength: 3 }),
  completed: fc.boolean(),
});
/** Something that a user does to one of their tasks, or to several. */
const deed = fc.oneof(
  fc.record({ kind: fc.constant("create" as const), fields }),
  fc.record({
    kind: fc.constantFrom("edit", "delete", "restore", "remove", "complete", "reopen"),
    at: fc.nat(),
  }),
  fc.record({ kind: fc.constant("change" as const), at: fc.nat(), fields }),
  fc.record({ kind: fc.constant("import" as const), all: fc.array(fields, { maxLength: 4 }) }),
  fc.record({ kind: fc.constantFrom("clear", "purge", "fold") }),
);
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

async function act(scope: OwnerScope, done: Deed): Promise<unknown> {
  const everything = { columns: ["id"], orderBy: sql`"id"` } as const;
  if ("all" in done) {
    const text = JSON.stringify(done.all.map((each) => ({ title: "Imported", ...each })));
    return done.all.length === 0 ? 0 : tasks.import(scope, { format: "json", text });
  }
  if (!("at" in done)) {
    if ("fields" in done) return create(scope, done.fields);
    if (done.kind === "clear") return tasks.clearCompleted(scope);
    if (done.kind === "fold") return foldAll();
    const longAgo = sql`${deletedForGood(new Date(0)).toISOString()}::timestamptz`;
    await scope.rows(deletedTaskTable).update({ where: sql`TRUE`, set: { deletedAt: longAgo } });
    return purgeDeletedTasks(database.db, new Date());
  }
  const table = done.kind === "restore" ? deletedTaskTable : taskTable;
  const rows = await scope.rows(table).find(everything);
  const id = rows[done.at % rows.length]?.id;
  if (!id) return undefined;
  if ("fields" in done) return tasks.update(scope, { id, ...done.fields });
  switch (done.kind) {
    case "edit":
      return tasks.update(scope, { id, title: `Edited ${done.at}` });
    case "delete":
      return tasks.delete(scope, { id });
    case "restore":
      return tasks.restore(scope, { id });
    case "remove":
      return scope.rows(taskTable).delete({ where: sql`"id" = ${id}::uuid` });
    default: {
      const ids = rows.slice(0, 3).map((row) => row.id);
      return tasks.setCompleted(scope, { ids, completed: done.kind === "complete" });
    }
  }
}
/** What two do at once to one task, one of them may be too late for. */
const tooLate = (error: { code?: string }) => expect(error.code).toBe("task_not_found");

const foldAll = () =>
  database.client.$queryRaw`SELECT "fold_task_deltas"("id")::int FROM "user" ORDER BY "id"`;

test("counts are those of the tasks, whatever two users do, at once and in parallel", {
  timeout: 120_000,
}, async () => {
  const deeds = fc.array(deed, { minLength: 4, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(deeds, deeds, deeds, async (...lines) => {
      const all = async (scope: OwnerScope, line: Deed[]) => {
        for (const done of line) await act(scope, done).catch(tooLate);
      };
      const [first, second, third] = lines;
      await Promise.all([all(ada, first), all(ada, second), all(bob, third)]);
      await expectTruth(ada, bob);
    }),
    { numRuns: 40 },
  );
  expect(await deltasOf(ada)).toBeGreaterThan(0);
  await foldAll();
  await expectTruth(ada, bob);
});

test("the tags that are counted, and their order, are the same where there are too many", async () => {
  const names = Array.from({ length: MAX_COUNTED_TAGS + 30 }, (_, at) => `t${at}`);
  for (let at = 0; at < names.length; at += 20)
    await create(ada, { tags: names.slice(at, at + 20) });
  const { id } = await create(ada, { tags: ["t229", "z"] });
  await tasks.update(ada, { id, tags: ["t229"] });
  await expectTruth(ada);
});

test("an edit that changes no count writes nothing", async () => {
  const { id } = await create(ada, { tags: ["a"], dueDate: today });
  await create(ada);
  const before = await deltasOf(ada);
  await tasks.update(ada, { id, title: "Other", notes: "Other", priority: "high", tags: ["a"] });
  await ada.rows(taskTable).update({ where: sql`TRUE`, set: { title: sql`'All'` } });
  expect(await deltasOf(ada)).toBe(before);
});

test("one statement for many tasks notes as much as for few", async () => {
  const many = Array.from({ length: 1_000 }, () => ({
    title: "T",
    tags: ["a", "b"],
    dueDate: today,
  }));
  await tasks.import(ada, { format: "json", text: JSON.stringify(many) });
  await foldAll();
  expect(await deltasOf(ada)).toBe(3);
  await ada.rows(taskTable).update({ where: sql`TRUE`, set: { completedAt: sql`now()` } });
  // One day less, and as many more that are completed.
  expect(await deltasOf(ada)).toBe(3 + 2);
  await tasks.clearCompleted(ada);
  expect(await deltasOf(ada)).toBe(3 + 2 + 1);
  await expectTruth(ada);
});

test("a statement for many that changes some of them is noticed, whichever they are", async () => {
  for (let n = 0; n < 5; n += 1) await create(ada, { dueDate: today, tags: ["a"] });
  const rows = await ada.rows(taskTable).find({ columns: ["id"], orderBy: sql`"id"` });
  for (const { id } of rows) {
    const dueDate = sql`CASE WHEN "id" = ${id}::uuid THEN NULL ELSE "dueDate" END`;
    await ada.rows(taskTable).update({ where: sql`TRUE`, set: { dueDate } });
    await expectTruth(ada);
  }
});

test("of what is rolled back nothing is counted", async () => {
  await create(ada, { tags: ["a"] });
  const undone = ada.once({ key: "k", fingerprint: "f" }, async (scope) => {
    await create(scope, { tags: ["a", "b"] });
    await expectTruth(scope);
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await tasks.counts(ada, {})).toMatchObject({ open: 1, tags: [{ tag: "a", open: 1 }] });
});

test("a purged task leaves none of its tags behind", async () => {
  for (const scope of [ada, bob]) {
    await create(scope, { tags: ["kept"] });
    const { id } = await create(scope, { tags: ["gone"], dueDate: today });
    await tasks.delete(scope, { id });
  }
  expect(await database.client.taskDelta.count({ where: { tags: { has: "gone" } } })).toBe(4);
  const longAgo = new Date(0);
  await database.client.task.updateMany({
    where: { deletedAt: { not: null } },
    data: { deletedAt: longAgo },
  });
  expect(await purgeDeletedTasks(database.db, new Date())).toBe(2);
  expect(await database.client.taskDelta.count({ where: { tags: { has: "gone" } } })).toBe(0);
  await expectTruth(ada, bob);
});

describe("a user's deletion", () => {
  test("leaves none of their rows, and all of another's", async () => {
    for (const scope of [ada, bob]) {
      const { id } = await create(scope, { tags: ["a"], dueDate: today });
      await create(scope, { completed: true });
      await tasks.update(scope, { id, completed: true });
    }
    const before = await deltasOf(bob);
    await database.client.user.delete({ where: { id: ada.userId } });
    expect(await deltasOf(ada)).toBe(0);
    expect(await deltasOf(bob)).toBe(before);
    await expectTruth(bob);
  });

  test("fails for nothing that goes on meanwhile, and leaves no row either", async () => {
    for (let trial = 0; trial < 10; trial += 1) {
      const cleo = await somebody();
      const made = await Promise.all(
        Array.from({ length: 10 }, () => create(cleo, { tags: ["a"] })),
      );
      const work = made.flatMap(({ id }) => [
        tasks.update(cleo, { id, completed: true }).catch(tooLate),
        tasks.delete(cleo, { id }).catch(tooLate),
        create(cleo).catch((error) => expect(error.code).toBe("owner_gone")),
        foldAll(),
      ]);
      const half = work.length / 2;
      await Promise.all(work.slice(0, half).slice(0, trial));
      await database.client.user.delete({ where: { id: cleo.userId } });
      await Promise.all(work);
      expect(await deltasOf(cleo)).toBe(0);
    }
    expect(await database.client.taskDelta.count()).toBe(0);
  });
});

describe("folding", () => {
  const many = async (scope: OwnerScope, count: number) => {
    const rows = sql`SELECT ${scope.userId}, CASE n % 5 WHEN 0 THEN ${today}::date END,
      CASE n % 3 WHEN 0 THEN ARRAY['a'] WHEN 1 THEN ARRAY['a', 'b'] ELSE '{}' END,
      CASE n % 2 WHEN 0 THEN 1 ELSE -1 END, 1 FROM generate_series(1, ${count}::int) AS n`;
    await database.client.$executeRaw`
      INSERT INTO "task_delta" ("userId", "dueDate", "tags", "open", "completed") ${rows}`;
  };
  const countsOf = (...scopes: OwnerScope[]) =>
    Promise.all(scopes.map((scope) => tasks.counts(scope, { today })));

  test("loses and adds nothing, however many do it while others write", async () => {
    await many(ada, 600);
    await many(bob, 60);
    const before = await countsOf(ada, bob);
    const work = Array.from({ length: 20 }, () => [create(ada, { tags: ["c"] }), foldAll()]);
    await Promise.all(work.flat());
    await foldAll();
    // Without a day, due today, and a, b and c.
    expect(await deltasOf(ada)).toBe(5);
    expect(await countsOf(ada)).toMatchObject([{ tags: [{}, {}, { tag: "c", open: 20 }] }]);
    await database.client.task.deleteMany({ where: { userId: ada.userId } });
    expect(await countsOf(ada, bob)).toEqual(before);
    await foldAll();
    expect([await deltasOf(ada), await deltasOf(bob)]).toEqual([4, 4]);
    expect(await countsOf(ada, bob)).toEqual(before);
  });

  test("is done by counts that meet many fresh rows, of one's own alone", async () => {
    await many(ada, 1_200);
    await many(bob, 1_200);
    const [counts] = await countsOf(ada);
    expect([await deltasOf(ada), await deltasOf(bob)]).toEqual([4, 1_200]);
    expect(await countsOf(ada)).toEqual([counts]);
  });

  test("is not done for few", async () => {
    await many(ada, 1_000);
    await countsOf(ada);
    expect(await foldTaskDeltas(database.db)).toBe(0);
    expect(await deltasOf(ada)).toBe(1_000);
  });

  test("is done by a sweep for all users, whose rows several processes may share", async () => {
    await many(ada, 1_200);
    await many(bob, 60_000);
    const [adas] = await countsOf(ada, bob);
    // 50 000 at a time.
    expect([await deltasOf(ada), await deltasOf(bob)]).toEqual([4, 10_004]);
    await many(bob, 120_000);
    const more = await countsOf(bob);
    await Promise.all([foldTaskDeltas(database.db), foldTaskDeltas(database.db)]);
    // Each piece has made four of those that it held.
    expect(await deltasOf(bob)).toBeLessThanOrEqual(20);
    expect(await countsOf(ada, bob)).toEqual([adas, ...more]);
    expect(await foldTaskDeltas(database.db)).toBe(0);
  });
});

test("what has gone past the triggers is counted anew on demand, for all users", async () => {
  for (const scope of [ada, bob]) await create(scope, { tags: ["a"], dueDate: today });
  await database.client.taskDelta.deleteMany();
  expect(await tasks.counts(ada, {})).toMatchObject({ open: 0 });
  await database.client.$executeRaw`SELECT "recount_tasks"()`;
  await expectTruth(ada, bob);
  await database.client.$executeRaw`TRUNCATE "task"`;
  await expectTruth(ada, bob);
});
