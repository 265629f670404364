// `npm run bench:worst`: how long a user's list takes, and how much memory the app has, while ten others do the
// worst that the limits let them, each of them everything at once: on a throwaway PostgreSQL, then on the
// embedded database. `-- --seconds=N` for longer, `--only=postgres` or `--only=embedded` for one.
import { once } from "node:events";
import { type ClientRequest, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { type App, scratchDir, startApp } from "../apps/web/test/support/start-app.ts";
import {
  createTestDatabase,
  preparePostgresBase,
  startTestServer,
} from "../packages/db/src/testing/index.ts";
import { type Person, signUp } from "./lib/person.ts";
import { peakMemoryOf } from "./lib/processes.ts";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "20" }, only: { type: "string" } },
});
const SECONDS = Number(values.seconds);
const USERS = 10;
const PAUSE_MS = 50;
/** What another's list may take, and the app have in memory; the embedded database is a part of it. */
const P99_MS = 500;
const memoryTargets = { postgres: 1_000, embedded: 1_500 };
type Kind = keyof typeof memoryTargets;

/** Four bytes a character and hardly to be compressed, as long as notes may be. */
const longest = () =>
  Array.from({ length: 10_000 }, () =>
    String.fromCodePoint(0x20000 + Math.floor(Math.random() * 40_000)),
  ).join("");
const LONG = 100;
const file = JSON.stringify(
  Array.from({ length: LONG }, (_, n) => ({ title: `Long ${n}`, tags: ["t"], notes: longest() })),
);

type Do = () => Promise<unknown>;

/** What one of them does all the time, by name. */
async function worstOf(at: string, person: Person): Promise<Record<string, Do>> {
  const own = `${at}/api/${person.id}/tasks`;
  const headers = { Authorization: `Bearer ${person.token}`, "Content-Type": "application/json" };
  const ask = async (url: string, init: RequestInit = {}) => {
    const response = await fetch(url, { ...init, headers: { ...headers, ...init.headers } });
    await response.arrayBuffer();
    return response.status;
  };
  const importing = () => ask(`${own}/import`, { method: "POST", body: file });
  await importing();
  const { items } = await (await fetch(`${own}?limit=100`, { headers })).json();
  const ids = items.map(({ id }: { id: string }) => id);
  const inputs = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [n, { limit: 100 - n }]));
  const batch = `${at}/api/trpc/${Array(20).fill("task.list").join()}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`;
  let turn = 0;
  return {
    "ten letters": () => ask(`${own}?limit=100&q=a b c d e f g h i j`),
    "long lists": () => ask(`${own}?limit=100`),
    batches: () => ask(batch),
    filters: () => ask(`${own}?limit=100&tag=t&priority=none&q=zeppelin&dueBefore=2030-01-01`),
    imports: importing,
    "keyed answers": () =>
      ask(`${own}/set-completed`, {
        method: "POST",
        body: JSON.stringify({ ids, completed: turn++ % 2 === 0 }),
        headers: { "Idempotency-Key": `"${crypto.randomUUID()}"` },
      }),
  };
}

/** Exports whose answers begin and are not read. */
async function leaveUnread(at: string, { id, token }: Person): Promise<ClientRequest> {
  const headers = { authorization: `Bearer ${token}` };
  const request = get(`${at}/api/${id}/tasks/export`, { headers });
  const [answer] = await once(request, "response");
  answer.pause();
  answer.on("error", () => {});
  request.on("error", () => {});
  return request;
}

async function measure(kind: Kind, app: App): Promise<boolean> {
  const people: Person[] = [];
  for (let n = 0; n <= USERS; n += 1) people.push(await signUp(app.url));
  const [other, ...others] = people as [Person, ...Person[]];
  const headers = { Authorization: `Bearer ${other.token}`, "Content-Type": "application/json" };
  const list = `${app.url}/api/${other.id}/tasks`;
  for (let n = 0; n < 20; n += 1) {
    await fetch(list, { method: "POST", headers, body: JSON.stringify({ title: `Task ${n}` }) });
  }
  const unread: ClientRequest[] = [];
  const all: Record<string, Do>[] = [];
  for (const person of others) all.push(await worstOf(app.url, person));
  for (const person of others) unread.push(await leaveUnread(app.url, person));

  let stopped = false;
  const done = new Map<string, number>();
  const repeat = async (name: string, call: Do) => {
    while (!stopped) {
      const status = await call().catch(() => "failed");
      const what = `${name}: ${status}`;
      done.set(what, (done.get(what) ?? 0) + 1);
      if (status !== 200) await sleep(PAUSE_MS);
    }
  };
  const working = all.flatMap((each) =>
    Object.entries(each).map(([name, call]) => repeat(name, call)),
  );
  const lister = new Worker(new URL("./lib/timed-lists.mjs", import.meta.url), {
    workerData: { url: list, headers, pauseMs: PAUSE_MS },
  });
  await sleep(SECONDS * 1_000);
  lister.postMessage("stop");
  const [{ times, failed }] = (await once(lister, "message")) as [
    { times: number[]; failed: number },
  ];
  stopped = true;
  for (const request of unread) request.destroy();
  await Promise.all(working);

  times.sort((a, b) => a - b);
  const at = (part: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  const memory = peakMemoryOf(app.child.pid ?? Number.NaN);
  const met = at(0.99) < P99_MS && memory < memoryTargets[kind] && failed === 0;
  process.stdout.write(
    `${kind}: ${times.length} lists of another user, ${failed} failed; p50 ${at(0.5).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms (below ${P99_MS}), most ${at(1).toFixed(0)} ms; memory ${memory.toFixed(0)} MB (below ${memoryTargets[kind]})${met ? "" : "  missed"}\n`,
  );
  for (const [what, count] of [...done].sort()) process.stdout.write(`  ${count} x ${what}\n`);
  return met;
}

async function onPostgres(): Promise<boolean> {
  const server = await startTestServer();
  if (!server) throw new Error("It takes a PostgreSQL server: apt-get install postgresql");
  try {
    const { base } = await preparePostgresBase(server.url);
    const database = await createTestDatabase(base);
    const app = await startApp({ DATABASE_URL: database.url });
    try {
      return await measure("postgres", app);
    } finally {
      await app.stop();
      await database.drop();
    }
  } finally {
    await server.stop();
  }
}

async function onEmbedded(): Promise<boolean> {
  const dir = await scratchDir();
  const app = await startApp({ DATA_DIR: dir.path });
  try {
    return await measure("embedded", app);
  } finally {
    await app.stop();
    await dir.remove();
  }
}

const met: boolean[] = [];
if (values.only !== "embedded") met.push(await onPostgres());
if (values.only !== "postgres") met.push(await onEmbedded());
process.exitCode = met.every(Boolean) ? 0 : 1;
