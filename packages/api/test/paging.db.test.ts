import { type Task, type TaskQuery, taskCreateSchema, taskQuerySchema } from "@taskbridge/contract";
import { createScope } from "@taskbridge/db";
import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { createTaskService } from "@taskbridge/tasks";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

// Few values of each field, so that many tasks share one and the id alone tells them apart.
const fields = fc.record({
  title: fc.constantFrom("a", "A", "á", "b", "b b"),
  dueDate: fc.constantFrom(null, "2026-01-01", "2026-01-02"),
  priority: fc.constantFrom("none", "low", "high"),
  completed: fc.boolean(),
  /** When it is created. */
  at: fc.constantFrom(0, 1, 2),
});

const query = fc.record({
  sort: fc.constantFrom("created", "completed", "due", "priority", "title"),
  order: fc.constantFrom("asc", "desc"),
  status: fc.constantFrom("all", "open", "completed"),
  limit: fc.integer({ min: 1, max: 4 }),
});

/** What happens between two pages: tasks come, and some of those that are there go or come back. */
const meanwhile = fc.array(
  fc.oneof(
    fc.record({ add: fields }),
    fc.record({ remove: fc.nat() }),
    fc.record({ restore: fc.nat() }),
  ),
  { maxLength: 3 },
);

test("whatever comes and goes between pages, what was there throughout is on one of them, once", async () => {
  let clock = 0;
  const tasks = createTaskService({
    cursorKey: new Uint8Array(32).fill(7),
    now: () => new Date(Date.UTC(2026, 0, 1) + clock),
  });
  let pages = 0;

  await fc.assert(
    fc.asyncProperty(
      fc.array(fields, { maxLength: 10 }),
      query,
      fc.array(meanwhile, { maxLength: 5 }),
      async (initial, asked, script) => {
        const { id: userId } = await createUser(database.db);
        const ada = createScope(database.db, { userId });
        const create = ({ at, ...input }: (typeof initial)[number]) => {
          clock = at;
          return tasks.create(ada, taskCreateSchema.parse(input));
        };
        const here: Task[] = [];
        const gone: Task[] = [];
        for (const task of initial) here.push(await create(task));
        const throughout = new Set(here.filter(matches(asked.status)).map(({ id }) => id));

        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await tasks.list(ada, taskQuerySchema.parse({ ...asked, cursor }));
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor ?? undefined;
          pages += 1;
          for (const step of script.shift() ?? []) {
            if ("add" in step) here.push(await create(step.add));
            else if ("remove" in step) {
              const [task] = here.splice(step.remove % (here.length || 1), 1);
              if (!task) continue;
              await tasks.delete(ada, task);
              throughout.delete(task.id);
              gone.push(task);
            } else {
              const [task] = gone.splice(step.restore % (gone.length || 1), 1);
              if (task) here.push(await tasks.restore(ada, { id: task.id }));
            }
          }
        } while (cursor);

        expect(new Set(seen).size, "a task is repeated").toBe(seen.length);
        expect(
          [...throughout].filter((id) => !seen.includes(id)),
          "skipped",
        ).toEqual([]);
      },
    ),
    { numRuns: 100, seed: 20_261_121 },
  );
  expect(pages).toBeGreaterThan(200);
});

const matches = (status: TaskQuery["status"]) => (task: Task) =>
  status === "all" || task.completed === (status === "completed");
