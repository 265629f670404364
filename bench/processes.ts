// `npm run bench:processes`: what n hosts of the API do on one database, beside n times what one does. The
// list of 20 tasks, on a throwaway PostgreSQL. Everything shares this machine's processors, the load itself
// included: how much of them each part had is printed beside, and where they are used up no process helps.
import { availableParallelism } from "node:os";
import autocannon from "autocannon";
import { type App, startApiHost } from "../apps/web/test/support/start-app.ts";
import { createIssuer } from "../packages/bridge/src/index.ts";
import { bareClient, createDb } from "../packages/db/src/client.ts";
import {
  createTestDatabase,
  createUser,
  preparePostgresBase,
  startTestServer,
} from "../packages/db/src/testing/index.ts";
import { CONNECTIONS } from "./lib/load.ts";
import { addPlainTasks } from "./lib/plain-tasks.ts";
import { machineTime, memoryOf, timesOf, usedBetween } from "./lib/processes.ts";

const ROUNDS = 5;
const SECONDS = 4;
const processors = availableParallelism();
const most = Math.max(4, processors);
/** Few enough that no host, nor the machine, is ever busy with them alone. */
const PACE = 150;
const issuer = "http://localhost:3000";
const secret = "a secret of the bench which is long enough to be taken";

const server = await startTestServer();
if (!server) throw new Error("It takes a PostgreSQL server: apt-get install postgresql");
const { base } = await preparePostgresBase(server.url);
const { url, drop } = await createTestDatabase(base);
const db = createDb(url);
const client = bareClient(db);
/** A user for each connection: reads of one user would go to the database together. */
const asked: autocannon.Request[] = [];
while (asked.length < CONNECTIONS) {
  const { id: userId } = await createUser(db);
  await addPlainTasks(client, userId, 1000);
  const token = await createIssuer({ secret, issuer }).issue({ userId, sessionId: "bench" });
  const headers = { authorization: `Bearer ${token}` };
  asked.push({ path: `/api/${userId}/tasks?limit=20`, headers });
}

const hosts: App[] = [];
for (let n = 0; n < most; n += 1) {
  hosts.push(
    await startApiHost({
      DATABASE_URL: url,
      BETTER_AUTH_URL: issuer,
      BETTER_AUTH_SECRET: secret,
      RATE_LIMIT: "off",
    }),
  );
}

/** PostgreSQL's processes that serve this database. */
async function backends(): Promise<number[]> {
  const rows = await client.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database()`;
  return rows.map(({ pid }) => pid);
}

interface Round {
  perSecond: number;
  /** Seconds of a processor in each second. */
  api: number;
  postgres: number;
  load: number;
  /** Of all that ran on this machine. */
  machine: number;
}

async function look(used: readonly App[]) {
  return {
    api: timesOf(used.map(({ child }) => child.pid ?? Number.NaN)),
    postgres: timesOf(await backends()),
    load: timesOf([process.pid]),
    machine: machineTime(),
    at: performance.now(),
  };
}

/** As fast as they go, or at a pace for each host. */
interface Load {
  connections: number;
  pace?: number;
}

async function round(n: number, load: Load, seconds: number): Promise<Round> {
  const used = hosts.slice(0, n);
  let connected = 0;
  const before = await look(used);
  const results = await Promise.all(
    used.map((host) =>
      autocannon({
        url: host.url,
        setupClient: (client) => {
          client.setRequests([asked[connected++ % asked.length] ?? {}]);
        },
        connections: load.connections / n,
        ...(load.pace ? { overallRate: load.pace } : {}),
        duration: seconds,
      }),
    ),
  );
  const after = await look(used);
  const took = (after.at - before.at) / 1_000;
  const share = (part: "api" | "postgres" | "load") =>
    usedBetween(before[part], after[part]) / took;
  const refused = results.reduce((sum, { non2xx, errors }) => sum + non2xx + errors, 0);
  if (refused > 0) throw new Error(`${refused} requests failed.`);
  return {
    perSecond: results.reduce((sum, result) => sum + result["2xx"], 0) / took,
    api: share("api"),
    postgres: share("postgres"),
    load: share("load"),
    machine: (after.machine - before.machine) / took,
  };
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

function medianOf(rounds: Round[]): Round {
  const of = (name: keyof Round) => median(rounds.map((each) => each[name]));
  return {
    perSecond: of("perSecond"),
    api: of("api"),
    postgres: of("postgres"),
    load: of("load"),
    machine: of("machine"),
  };
}

/** In turn, so that a moment in which the machine is slow is everybody's. */
async function measure(counts: number[], loadOf: (n: number) => Load): Promise<Map<number, Round>> {
  const rounds = new Map(counts.map((n) => [n, [] as Round[]]));
  for (const n of counts) await round(n, loadOf(n), 2);
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    for (const n of counts) rounds.get(n)?.push(await round(n, loadOf(n), SECONDS));
  }
  return new Map([...rounds].map(([n, each]) => [n, medianOf(each)]));
}

const print = (line: string) => process.stdout.write(`${line}\n`);

function report(title: string, measured: Map<number, Round>) {
  const costOf = ({ api, postgres, perSecond }: Round) => ((api + postgres) / perSecond) * 1_000;
  const first = measured.get(1);
  if (!first) throw new Error("One host is what all are measured by.");
  print(`\n${title}`);
  print("                          |  processors at work               |  ms of one for a request");
  print(
    "hosts  requests/s  of n x 1  |   API  PostgreSQL   load  machine  |    API  PostgreSQL  1 beside n",
  );
  for (const [n, round] of measured) {
    const { perSecond, api, postgres, load, machine } = round;
    const each = (time: number) => ((time / perSecond) * 1_000).toFixed(3);
    const columns = [
      String(n).padEnd(5),
      perSecond.toFixed(0).padStart(10),
      (perSecond / (n * first.perSecond)).toFixed(2).padStart(8),
      "|",
      api.toFixed(2).padStart(4),
      postgres.toFixed(2).padStart(10),
      load.toFixed(2).padStart(5),
      machine.toFixed(2).padStart(7),
      "|",
      each(api).padStart(5),
      each(postgres).padStart(10),
      // What n would do of n times one if there were processors enough.
      (costOf(first) / costOf(round)).toFixed(2).padStart(10),
    ];
    print(columns.join("  "));
  }
}

try {
  print(`${processors} processors, medians of ${ROUNDS} rounds of ${SECONDS} s.`);
  const counts = hosts.map((_, at) => at + 1).filter((n) => CONNECTIONS % n === 0);
  report(
    `${PACE} requests a second to each host:`,
    await measure(counts, (n) => ({ connections: CONNECTIONS * n, pace: PACE })),
  );
  report(
    `As fast as they go, on ${CONNECTIONS} connections in all:`,
    await measure(
      counts.filter((n) => n <= processors),
      () => ({ connections: CONNECTIONS }),
    ),
  );
  const memory = hosts.slice(0, processors).map(({ child }) => memoryOf(child.pid ?? Number.NaN));
  print(`\nMemory of a host afterwards: ${Math.max(...memory).toFixed(0)} MB.`);
} finally {
  for (const host of hosts) await host.stop();
  await db.close();
  await drop();
  await server.stop();
}
