// `npm run bench`: the product as `npm start` runs it beside peers that one would write by hand, on one
// throwaway PostgreSQL. Prints a table, and writes it to bench/results.md.
import { writeFile } from "node:fs/promises";
import { startApp } from "../apps/web/test/support/start-app.ts";
import { deriveKey } from "../packages/bridge/src/index.ts";
import { bareClient } from "../packages/db/src/client.ts";
import {
  createTestDatabase,
  preparePostgresBase,
  startTestServer,
} from "../packages/db/src/testing/index.ts";
import { contest, type Entrant } from "./lib/contest.ts";
import { CONNECTIONS, type Measured } from "./lib/load.ts";
import { startAgain, weighPages } from "./lib/pages.ts";
import { findPython, type Running, startPeer } from "./lib/peers.ts";
import { fetchToken, type Person, signUp } from "./lib/person.ts";
import { report } from "./lib/report.ts";
import { thingsToAsk } from "./lib/things.ts";

const secret = "a secret of the bench which is long enough to be taken";
const quick = process.argv.includes("--quick");
const rounds = quick ? { count: 1, seconds: 2 } : { count: 3, seconds: 3 };
const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice(7);

const server = await startTestServer();
if (!server) throw new Error("It takes a PostgreSQL server: apt-get install postgresql");
const { base } = await preparePostgresBase(server.url);
const database = await createTestDatabase(base);
const stopping: (() => Promise<unknown>)[] = [server.stop, database.drop];

try {
  const own = { DATABASE_URL: database.url, BETTER_AUTH_SECRET: secret };
  // The first start builds what has changed.
  await (await startApp(own)).stop();
  const [app, start] = await startAgain(own);
  stopping.push(app.stop);
  const ada = await signUp(app.url);
  const ids = await plant(ada);
  const others: Person[] = [];
  while (others.length < CONNECTIONS) others.push(await signUp(app.url));
  for (const other of others) await plant(other);

  // As a superuser, whom the policies do not bind: they have one wall.
  const superuser = new URL(database.url);
  superuser.username = "postgres";
  const settings = {
    DATABASE_URL: superuser.href,
    BRIDGE_KEY: Buffer.from(await deriveKey(secret)).toString("base64url"),
    ISSUER: app.url,
    AUDIENCE: "taskbridge-api",
  };
  const peer = async (...command: string[]): Promise<Running> => {
    const running = await startPeer(command, settings);
    stopping.push(running.stop);
    return running;
  };
  const python = findPython();
  const services: Record<string, string | undefined> = {
    Taskbridge: app.url,
    Fastify: (await peer(process.execPath, "--import", "tsx", "bench/peers/fastify.ts")).url,
    "limit line": (await peer(process.execPath, "--import", "tsx", "bench/peers/limit.ts")).url,
    FastAPI: python && (await peer(python, "bench/peers/fastapi_peer.py")).url,
  };

  const things = thingsToAsk(ada, ids, others);
  const entrants = (thing: keyof typeof things, names: string[]): Entrant[] =>
    names.flatMap((name) => {
      const url = services[name];
      return url ? [{ name: `${thing}: ${name}`, url, asked: things[thing] }] : [];
    });
  const contests: Entrant[][] = [
    entrants("list", ["Taskbridge", "Fastify", "limit line", "FastAPI"]),
    entrants("list of 16 users", ["Taskbridge", "Fastify", "limit line", "FastAPI"]),
    [
      ...entrants("no token", ["Taskbridge", "Fastify"]),
      ...entrants("another's", ["Taskbridge", "Fastify"]),
    ],
    entrants("get", ["Taskbridge", "Fastify", "FastAPI"]),
    entrants("create", ["Taskbridge", "Fastify", "FastAPI"]),
    entrants("update", ["Taskbridge", "Fastify", "FastAPI"]),
    [
      ...entrants("list", ["Taskbridge"]).map((each) => ({
        ...each,
        name: "REST list: Taskbridge",
      })),
      ...entrants("tRPC list", ["Taskbridge"]),
      ...(["tRPC batch", "tRPC batch of different lists"] as const)
        .flatMap((thing) => entrants(thing, ["Taskbridge"]))
        .map((each) => ({ ...each, calls: 10 })),
    ],
  ];
  const measured = new Map<string, Measured>();
  for (const each of contests) {
    if (only && !each[0]?.name.startsWith(only)) continue;
    for (const person of [ada, ...others]) person.token = await fetchToken(app.url, person.cookie);
    for (const [name, result] of await contest(each, rounds)) measured.set(name, result);
    process.stderr.write(`${each.map(({ name }) => name).join(", ")}\n`);
  }
  const waits = [start, ...(await weighPages(app.url, ada, />(?:task \d+|Water the plants)</))];
  const { text, met } = report(measured, { waits, python });
  process.stdout.write(text);
  if (!quick && !only) await writeFile("bench/results.md", text);
  process.exitCode = met ? 0 : 1;
} finally {
  for (const stop of stopping.reverse()) await stop();
}

/** Gives somebody 100 tasks, as anybody has them. */
async function plant({ id: userId }: Person): Promise<string[]> {
  const client = bareClient(database.db);
  const rows = await client.$queryRaw<{ id: string }[]>`
    INSERT INTO "task" ("id", "userId", "title", "titleKey", "searchTitle", "notes", "searchNotes", "tags")
    SELECT gen_random_uuid(), ${userId}, t, t, t, 'a note of some length', 'a note of some length', ARRAY['garden']
    FROM (SELECT 'task ' || n AS t FROM generate_series(1, 100) n) s RETURNING "id"`;
  await client.$executeRaw`ANALYZE "task"`;
  return rows.map(({ id }) => id);
}
