// `npm run bench:statements`: what the database layer costs a call, without doors: processor time of
// this process and of PostgreSQL's own, and calls per second. With another checkout's folder as its
// argument it measures both in turn, in one run, so that the machine's speed cancels out of the ratio.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { TaskCreate } from "../packages/contract/src/index.ts";
import type { OwnerScope, VerifiedUserId } from "../packages/db/src/scope.ts";
import {
  createTestDatabase,
  createUser,
  preparePostgresBase,
  startTestServer,
} from "../packages/db/src/testing/index.ts";
import type { TaskService } from "../packages/tasks/src/index.ts";

const ROUNDS = Number(process.argv[3] ?? 9);
/** Enough for the ticks below to say something. */
const CALLS = 480;
const AT_A_TIME = 16;
/** Processor time in /proc is told in hundredths of a second. */
const TICK_US = 10_000;

const here = resolve(import.meta.dirname, "..");
const [other] = process.argv.slice(2, 3);

const server = await startTestServer();
if (!server) throw new Error("It takes a PostgreSQL server: apt-get install postgresql");
const { base } = await preparePostgresBase(server.url);
const { url, db: main, client, drop } = await createTestDatabase(base);
/** Of several users, who share no packets; each has its tasks. */
const users: { id: VerifiedUserId; taskId: string }[] = [];
for (let n = 0; n < AT_A_TIME; n += 1) {
  const { id } = await createUser(main);
  await client.$executeRaw`
    INSERT INTO "task" ("id", "userId", "title", "titleKey", "searchTitle", "notes", "tags", "dueDate")
    SELECT gen_random_uuid(), ${id}, t, t, t, repeat('note ', 20), ARRAY['home', 'work'], now()
    FROM (SELECT 'task ' || n AS t FROM generate_series(1, 100) n) s`;
  users.push({ id, taskId: (await client.task.findFirstOrThrow({ where: { userId: id } })).id });
}
await client.$executeRawUnsafe(`VACUUM ANALYZE "task"`);

interface Caller {
  scope: OwnerScope;
  taskId: string;
}
interface Side {
  name: string;
  tasks: TaskService;
  callers: Caller[];
  close(): Promise<void>;
}
async function sideOf(name: string, root: string): Promise<Side> {
  const from = (file: string) => import(pathToFileURL(resolve(root, file)).href);
  const { createDb, createScope } = await from("packages/db/src/index.ts");
  const { createTaskService } = await from("packages/tasks/src/index.ts");
  const address = new URL(url);
  address.searchParams.set("application_name", `bench ${name}`);
  const db = createDb(address.href, { poolSize: AT_A_TIME });
  return {
    name,
    tasks: createTaskService({ cursorKey: new Uint8Array(32).fill(7) }),
    callers: users.map(({ id, taskId }) => ({ scope: createScope(db, { userId: id }), taskId })),
    close: db.close,
  };
}
const sides = [await sideOf("this", here)];
if (other) sides.unshift(await sideOf("other", resolve(other)));

const task: Omit<TaskCreate, "title"> = {
  notes: "",
  dueDate: "2026-12-01",
  priority: "low",
  tags: ["home"],
  completed: false,
};
const query = { status: "all", sort: "created", limit: 20 } as const;
interface Call {
  calls: number;
  once(tasks: TaskService, caller: Caller): Promise<unknown>;
}
const calls: Record<string, Call> = {
  "list of 20": { calls: 1, once: (tasks, { scope }) => tasks.list(scope, query) },
  "ten lists of 20 at once": {
    calls: 10,
    once: (tasks, { scope }) =>
      Promise.all(Array.from({ length: 10 }, () => tasks.list(scope, query))),
  },
  "get one": { calls: 1, once: (tasks, { scope, taskId }) => tasks.get(scope, { id: taskId }) },
  create: { calls: 1, once: (tasks, { scope }) => tasks.create(scope, { ...task, title: "New" }) },
  update: {
    calls: 1,
    once: (tasks, { scope, taskId }) =>
      tasks.update(scope, { id: taskId, title: `at ${performance.now()}` }),
  },
};

async function postgresUs(name: string): Promise<number> {
  const rows = await client.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE application_name = ${`bench ${name}`}`;
  const ticks = rows.map(({ pid }) => {
    const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/\(.*\)/, "")
      .split(/\s+/);
    return Number(user) + Number(system);
  });
  return ticks.reduce((sum, n) => sum + n, 0) * TICK_US;
}

interface Figures {
  node: number;
  postgres: number;
  rate: number;
}
async function measure(side: Side, call: Call): Promise<Figures> {
  const before = await postgresUs(side.name);
  const cpu = process.cpuUsage();
  const since = performance.now();
  let begun = 0;
  await Promise.all(
    side.callers.map(async (caller) => {
      while (begun < CALLS) {
        begun += call.calls;
        await call.once(side.tasks, caller);
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  const rate = (begun / (performance.now() - since)) * 1000;
  const postgres = (await postgresUs(side.name)) - before;
  return { node: (user + system) / begun, postgres: postgres / begun, rate };
}

const median = (of: number[]) => of.toSorted((a, b) => a - b)[of.length >> 1] ?? Number.NaN;
const lines = [`${" ".repeat(32)}  Node µs  PostgreSQL µs  calls/s`];
for (const [name, call] of Object.entries(calls)) {
  const figures = sides.map((): Figures[] => []);
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [at, side] of sides.entries()) {
      const measured = await measure(side, call);
      // The first round warms up.
      if (round >= 0) figures[at]?.push(measured);
    }
  }
  const medians = figures.map((of) => ({
    node: median(of.map(({ node }) => node)),
    postgres: median(of.map(({ postgres }) => postgres)),
    rate: median(of.map(({ rate }) => rate)),
  }));
  const line = (head: string, { node, postgres, rate }: Figures, digits: number) =>
    lines.push(
      `${head.padEnd(32)}${node.toFixed(digits).padStart(9)}${postgres.toFixed(digits).padStart(15)}${rate.toFixed(digits).padStart(9)}`,
    );
  for (const [at, side] of sides.entries())
    line(`${name}, ${side.name}`, medians[at] as Figures, 0);
  const [was, is] = medians;
  if (was && is) {
    line(
      "  this / other",
      { node: is.node / was.node, postgres: is.postgres / was.postgres, rate: is.rate / was.rate },
      2,
    );
  }
}
process.stdout.write(`${lines.join("\n")}\n`);
await Promise.all(sides.map(({ close }) => close()));
await drop();
await server.stop();
