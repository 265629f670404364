// `npm run bench:walls`: what the second wall costs. The list of 20 tasks, 16 at a time, through a
// user's scope with row-level security and without, on a throwaway PostgreSQL, in one run: the machine's
// speed cancels out of the ratio. docs/decisions/0016-row-level-security.md has the forms tried.
import { taskQuerySchema } from "../packages/contract/src/index.ts";
import { bareClient, createDb, poolOf } from "../packages/db/src/client.ts";
import { actAs } from "../packages/db/src/owner.ts";
import { pipeline } from "../packages/db/src/pipeline.ts";
import { scopeOver } from "../packages/db/src/scope.ts";
import { type Statements, statementsOf } from "../packages/db/src/statements.ts";
import {
  createTestDatabase,
  createUser,
  preparePostgresBase,
  startTestServer,
} from "../packages/db/src/testing/index.ts";
import { createTaskService } from "../packages/tasks/src/index.ts";
import { addPlainTasks } from "./lib/plain-tasks.ts";

const ROUNDS = 9;
const ROUND_MS = 1_500;
const AT_A_TIME = 16;
const TARGET = 0.6;

const server = await startTestServer();
if (!server) throw new Error("It takes a PostgreSQL server: apt-get install postgresql");
const { base } = await preparePostgresBase(server.url);
const { url, drop } = await createTestDatabase(base);
const db = createDb(url, { poolSize: AT_A_TIME });
const pool = poolOf(db);
const client = bareClient(db);
const { id: userId } = await createUser(db);
await addPlainTasks(client, userId, 100);

const tasks = createTaskService({ cursorKey: new Uint8Array(32).fill(7) });
const query = taskQuerySchema.parse({});

/** No wall: a superuser's connections, whom no policy binds, and neither role nor user set. */
const superuser = new URL(url);
superuser.username = "postgres";
const unwalled = createDb(superuser.href, { poolSize: AT_A_TIME });
const plain: Statements = {
  async run(statement) {
    const connection = await poolOf(unwalled).connect();
    const [result] = await pipeline(connection, [statement], 5_000, { whole: true });
    connection.release();
    if (!result) throw new Error("No result.");
    return result;
  },
};
/** A request's own, and not with the others of the same user that are here at the same moment. */
const walled: Statements = {
  run: (statement, options) =>
    statementsOf(pool, userId).run(statement, { ...options, shared: false }),
};
/** The obvious way: a transaction, and a wait for each of its steps. */
const waiting: Statements = {
  async run(statement) {
    const connection = await pool.connect();
    await connection.query("BEGIN");
    await pipeline(connection, [actAs(userId, 5_000)], 5_000);
    const [result] = await pipeline(connection, [statement], 5_000);
    await connection.query("COMMIT");
    connection.release();
    if (!result) throw new Error("No result.");
    return result;
  },
};
/** Prisma's own transaction, as its extension for row-level security has it. */
const prisma: Statements = {
  async run(statement) {
    const [, rows] = await client.$transaction([
      client.$queryRaw(actAs(userId, 5_000)),
      client.$queryRaw<unknown[]>(statement),
    ]);
    return { rows, count: rows.length, command: "SELECT" };
  },
};

const forms = {
  "wall 2 on": walled,
  "wall 2 off": plain,
  "BEGIN, wall, statement, COMMIT, each awaited": waiting,
  "Prisma's $transaction": prisma,
};
type Form = keyof typeof forms;
const rates = new Map<Form, number[]>();

async function rateOf(statements: Statements): Promise<number> {
  const scope = scopeOver(statements, userId);
  const begun = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      while (performance.now() - begun < ROUND_MS) {
        const { items } = await tasks.list(scope, query);
        if (items.length !== 20) throw new Error("A list is not whole.");
        done += 1;
      }
    }),
  );
  return (done / (performance.now() - begun)) * 1000;
}

const median = (of: number[]) => of.toSorted((a, b) => a - b)[of.length >> 1] ?? Number.NaN;
const inTurn = Object.entries(forms) as [Form, Statements][];
for (let round = -1; round < ROUNDS; round += 1) {
  // Another one begins each time, so that none always follows the same one. The first round warms up.
  for (const turn of inTurn.keys()) {
    const [form, statements] = inTurn[(turn + round + 1) % inTurn.length] as [Form, Statements];
    const rate = await rateOf(statements);
    if (round >= 0) rates.set(form, [...(rates.get(form) ?? []), rate]);
  }
}
const off = median(rates.get("wall 2 off") ?? []);
const lines = inTurn.map(([form]) => {
  const rate = median(rates.get(form) ?? []);
  return `${Math.round(rate).toString().padStart(7)}/s  ${(rate / off).toFixed(2)}  ${form}`;
});
const on = median(rates.get("wall 2 on") ?? []);
process.stdout.write(
  `list of 20, ${AT_A_TIME} at a time, ${ROUNDS} rounds, beside wall 2 off (at least ${TARGET}):\n${lines.join("\n")}\n`,
);
await Promise.all([db.close(), unwalled.close()]);
await drop();
await server.stop();
process.exitCode = on / off >= TARGET ? 0 : 1;
