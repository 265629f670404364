// `npm run bench:memory`: what the product as `npm start` runs it still holds after long use, thread by
// thread, once its garbage is gone: on the embedded database, and on PostgreSQL where there is one. Ends
// with 1 where the heap or the handles grew. `--scale=0.1` does a tenth of it, `--idle=5` waits five
// minutes in place of an hour, `--only=embedded` leaves PostgreSQL out.
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Held, inspect, inspectable } from "../apps/web/test/support/inspected.ts";
import { scratchDir, startApp } from "../apps/web/test/support/start-app.ts";
import {
  createTestDatabase,
  preparePostgresBase,
  startTestServer,
} from "../packages/db/src/testing/index.ts";
import { memoryOf } from "./lib/processes.ts";
import { type Amounts, createUsage } from "./lib/usage.ts";

const { values } = parseArgs({
  options: {
    scale: { type: "string", default: "1" },
    idle: { type: "string", default: "60" },
    only: { type: "string" },
  },
});
const amounts: Amounts = { views: 20_000, lists: 20_000, exports: 2_000, signIns: 2_000 };
const times = (factor: number) =>
  Object.fromEntries(
    Object.entries(amounts).map(([thing, count]) => [thing, Math.ceil(count * factor)]),
  ) as unknown as Amounts;
const scale = Number(values.scale);
const idleMs = Number(values.idle) * 60_000;

/** What V8 and the libraries keep of code that they meet for the first time, caches of bounded size among it. */
const SLACK_MB = 8;
/** The pages' thread keeps some connections to the API; a leak of one handle each would be thousands. */
const SLACK_HANDLES = 20;

const lines = ["database   after          thread            heap MB  external MB  handles  RSS MB"];
let met = true;

async function measure(database: string, settings: Record<string, string>): Promise<void> {
  const app = await startApp({
    ...settings,
    NODE_OPTIONS: `${inspectable} --max-old-space-size=256`,
  });
  try {
    const usage = await createUsage(app.url, 64, 100);
    const inspected = await inspect(app);
    const look = async (after: string) => {
      await usage.rest();
      const held = await inspected.look();
      tell(database, after, held, memoryOf(app.child.pid ?? Number.NaN));
      return held;
    };
    await usage.do(times(scale / 20));
    const before = await look("warming up");
    for (const thing of Object.keys(amounts) as (keyof Amounts)[]) {
      const none = { views: 0, lists: 0, exports: 0, signIns: 0 };
      await usage.do({ ...none, [thing]: times(scale)[thing] });
      await look(`${times(scale)[thing]} ${thing}`);
    }
    await sleep(idleMs);
    compare(database, before, await look(`${values.idle} min idle`));
    inspected.close();
  } finally {
    await app.stop();
  }
}

const handlesOf = ({ handles }: Held) => Object.values(handles).reduce((sum, n) => sum + n, 0);

function tell(database: string, after: string, held: Record<string, Held>, rss: number): void {
  for (const [thread, of] of Object.entries(held)) {
    const figures = [of.heap.toFixed(1).padStart(9), of.external.toFixed(1).padStart(13)];
    const rest = [String(handlesOf(of)).padStart(9), rss.toFixed(0).padStart(8)];
    lines.push(
      `${database.padEnd(11)}${after.padEnd(15)}${thread.padEnd(16)}${[...figures, ...rest].join("")}`,
    );
  }
}

function compare(
  database: string,
  before: Record<string, Held>,
  after: Record<string, Held>,
): void {
  for (const [thread, now] of Object.entries(after)) {
    const then = before[thread];
    if (!then) continue;
    const heap = now.heap - then.heap;
    const handles = handlesOf(now) - handlesOf(then);
    const flat = heap <= SLACK_MB && handles <= SLACK_HANDLES;
    met &&= flat;
    lines.push(
      `${database}, ${thread}: ${heap.toFixed(1)} MB and ${handles} handles more than at first: ${flat ? "flat" : "GROWN"}`,
    );
  }
}

if (values.only !== "postgres") {
  const dataDir = await scratchDir();
  await measure("embedded", { DATA_DIR: dataDir.path });
  await dataDir.remove();
}
const server = values.only === "embedded" ? null : await startTestServer();
if (server) {
  const { base } = await preparePostgresBase(server.url);
  const database = await createTestDatabase(base);
  await measure("PostgreSQL", { DATABASE_URL: database.url });
  await database.drop();
  await server.stop();
}
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = met ? 0 : 1;
