// `npm run bench:growth`: what a call of the task service takes for a user with a million tasks, and for
// one of very many users, beside one who is alone with a hundred: on a throwaway PostgreSQL, in turn, so that
// the machine's speed cancels out of the ratio. `-- --tasks=N --users=N` for fewer; 0 leaves one out.
import { parseArgs } from "node:util";
import type { TaskQuery } from "../packages/contract/src/index.ts";
import { createDb, createScope, type OwnerScope } from "../packages/db/src/index.ts";
import { preparePostgresBase, startTestServer } from "../packages/db/src/testing/index.ts";
import { createTaskService } from "../packages/tasks/src/index.ts";
import { plant, planted } from "./lib/planted.ts";

const { values } = parseArgs({
  options: {
    tasks: { type: "string", default: "1000000" },
    users: { type: "string", default: "100000" },
  },
});
const FEW = 100;
const ROUNDS = 201;
/** Nothing that takes long is asked more often than it needs. */
const PATIENCE_MS = 8_000;
const LEAST_ROUNDS = 5;
const FAR = 100;

const server = await startTestServer();
if (!server) throw new Error("It takes a PostgreSQL server: apt-get install postgresql");
const stopping: (() => Promise<unknown>)[] = [server.stop];
const tasks = createTaskService({ cursorKey: new Uint8Array(32).fill(7) });

interface Place {
  name: string;
  scope: OwnerScope;
}
type Call = (place: Place) => Promise<unknown>;
interface Thing {
  name: string;
  /** How many times as long as with few tasks it may take. */
  target: number;
  call: Call;
}

const list = (asked: Partial<TaskQuery>): TaskQuery => ({
  status: "all",
  sort: "created",
  limit: 20,
  ...asked,
});
const first =
  (asked: Partial<TaskQuery>): Call =>
  ({ scope }) =>
    tasks.list(scope, list(asked));

/** The hundredth page; where there are not so many, the last one. */
function far(asked: Partial<TaskQuery>): Call {
  const cursors = new Map<Place, string>();
  return async (place) => {
    let cursor = cursors.get(place);
    if (!cursor) {
      for (let page = 1; page < FAR; page += 1) {
        const { nextCursor } = await tasks.list(place.scope, list({ ...asked, cursor }));
        if (nextCursor === null) break;
        cursor = nextCursor;
      }
      cursors.set(place, cursor ?? "");
    }
    return tasks.list(place.scope, list({ ...asked, cursor }));
  };
}

const sorts = ["created", "due", "priority", "title"] as const;
const orders = ["asc", "desc"] as const;
const flat = 1.3;
const loose = 10;
const things: Thing[] = [
  ...sorts.flatMap((sort) =>
    orders.flatMap((order) => [
      { name: `by ${sort}, ${order}`, target: flat, call: first({ sort, order }) },
      { name: `by ${sort}, ${order}, far page`, target: flat, call: far({ sort, order }) },
    ]),
  ),
  { name: "open", target: flat, call: first({ status: "open" }) },
  { name: "completed", target: flat, call: first({ status: "completed" }) },
  { name: "priority high", target: flat, call: first({ priority: "high" }) },
  { name: "tag", target: flat, call: first({ tag: planted.tag }) },
  { name: "search, common word", target: loose, call: first({ q: planted.common }) },
  { name: "search, rare word", target: loose, call: first({ q: planted.rare }) },
  { name: "search, absent word", target: loose, call: first({ q: planted.absent }) },
  { name: "counts", target: loose, call: ({ scope }) => tasks.counts(scope, {}) },
];

async function timeOf(call: Call, place: Place): Promise<number> {
  const since = performance.now();
  await call(place);
  return performance.now() - since;
}
const median = (of: number[]) => of.toSorted((a, b) => a - b)[of.length >> 1] ?? Number.NaN;

/** In milliseconds, the medians of the places. */
async function measure(call: Call, places: Place[]): Promise<number[]> {
  // Positions are found, and statements prepared.
  for (const place of places) for (let n = 0; n < 3; n += 1) await call(place);
  const times = places.map((): number[] => []);
  const until = performance.now() + PATIENCE_MS;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round >= LEAST_ROUNDS && performance.now() > until) break;
    for (const turn of places.keys()) {
      const at = (turn + round) % places.length;
      times[at]?.push(await timeOf(call, places[at] as Place));
    }
  }
  return times.map(median);
}

try {
  const { base } = await preparePostgresBase(server.url);
  const few = `${FEW} tasks`;
  const sizes = [
    { name: few, users: 1, each: FEW },
    { name: `${values.tasks} tasks`, users: 1, each: Number(values.tasks) },
    { name: `${values.users} users`, users: Number(values.users), each: FEW },
  ].filter(({ users, each }) => users * each > 0);
  const places: Place[] = [];
  for (const { name, users, each } of sizes) {
    const since = performance.now();
    const { database, userId } = await plant(base, users, each);
    const db = createDb(database.url, { poolSize: 1 });
    stopping.push(database.drop, db.close);
    places.push({ name, scope: createScope(db, { userId }) });
    process.stderr.write(`${name}: made in ${Math.round((performance.now() - since) / 1_000)} s\n`);
  }
  const cell = (text: string) => text.padStart(16);
  const lines = [
    `${"".padEnd(30)}${places.map(({ name }) => cell(name)).join("")}  ratios, at most`,
  ];
  let met = true;
  for (const { name, target, call } of things) {
    const times = await measure(call, places);
    const [least = Number.NaN, ...more] = times;
    const ratios = more.map((time) => time / least);
    const kept = ratios.every((ratio) => ratio <= target);
    met &&= kept;
    lines.push(
      `${name.padEnd(30)}${times.map((time) => cell(`${time.toFixed(2)} ms`)).join("")}  ${ratios.map((ratio) => ratio.toFixed(2)).join("  ")}  ${target}${kept ? "" : "  missed"}`,
    );
  }
  process.stdout.write(`${lines.join("\n")}\n`);
  process.exitCode = met ? 0 : 1;
} finally {
  for (const stop of stopping.reverse()) await stop();
}
