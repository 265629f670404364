// `npm run bench:starts -- 200`: cuts that many starts short, at random moments, by Ctrl-C, SIGTERM and kill,
// and makes sure each time that the next start comes up with all that was there. `--on=embedded` or
// `--on=postgres` for one kind of database, `--from=empty` or `--from=old` for one kind of start.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, lstatSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import pg from "pg";
import { freePort } from "../apps/web/test/support/start-app.ts";
import { applyMigrations, openDatabase } from "../packages/db/src/index.ts";
import {
  administer,
  onDatabase,
  startTestServer,
  type TestServer,
} from "../packages/db/src/testing/index.ts";
import { migrationsUpTo } from "./lib/old-migrations.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const signals = ["SIGINT", "SIGTERM", "SIGKILL"] as const;
/** The first version's tables, with the data that an upgrade has to keep. */
const OLD = "20261121000000_init";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { on: { type: "string" }, from: { type: "string" } },
});
const cuts = Number(positionals[0] ?? 24);
const kinds = values.on ? [values.on] : ["embedded", "postgres"];
const begins = values.from ? [values.from] : ["empty", "old"];
if (!existsSync(join(root, "apps/web/.host/server.mjs"))) {
  console.error("Build first: npx turbo run build --filter=@taskbridge/web");
  process.exit(1);
}

/** What a start is given, and how it begins anew. */
interface Ground {
  settings: Record<string, string>;
  reset: () => Promise<void>;
  remove: () => Promise<void>;
}

const fill = async (url: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`INSERT INTO "user" ("id", "name", "email") VALUES ('ada', 'Ada', 'ada@example.com');
    INSERT INTO "task" ("id", "userId", "titleKey", "title")
    SELECT gen_random_uuid(), 'ada', n, n FROM generate_series(1, 2000) AS n`);
  await client.end();
};

async function makeOld(url: string) {
  const { dir, remove } = migrationsUpTo(OLD);
  await applyMigrations(url, dir).finally(remove);
  await fill(url);
}

async function embeddedGround(old: boolean): Promise<Ground> {
  const dir = mkdtempSync(join(tmpdir(), "taskbridge-starts-"));
  const [dataDir, kept] = [join(dir, "data"), join(dir, "kept")];
  if (old) {
    const database = await openDatabase({ dataDir: kept });
    await makeOld(database.url).finally(database.close);
  }
  return {
    settings: { DATA_DIR: dataDir },
    reset: async () => {
      rmSync(dataDir, { recursive: true, force: true });
      const filter = (file: string) => !lstatSync(file).isSocket();
      if (old) cpSync(kept, dataDir, { recursive: true, filter });
    },
    remove: async () => rmSync(dir, { recursive: true, force: true }),
  };
}

async function postgresGround(server: TestServer, old: boolean): Promise<Ground> {
  const [name, kept] = ["starts", "starts_kept"];
  const on = (text: string) => administer(server.url, text);
  await on(`DROP DATABASE IF EXISTS "${kept}" WITH (FORCE)`);
  await on(`CREATE DATABASE "${kept}" OWNER taskbridge`);
  if (old) await makeOld(onDatabase(server.url, kept));
  return {
    settings: { DATABASE_URL: onDatabase(server.url, name) },
    reset: async () => {
      await on(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      for (const kind of ["request", "words", "tag"]) {
        await on(`DROP ROLE IF EXISTS "taskbridge_${kind}_${name}"`);
      }
      await on(`CREATE DATABASE "${name}" OWNER taskbridge TEMPLATE "${kept}"`);
    },
    remove: async () => {},
  };
}

const own = { BETTER_AUTH_SECRET: "a secret of the bench which is long enough to be taken" };
const host = `process.setSourceMapsEnabled(true);
  const { serve } = await import("./apps/web/.host/server.mjs"); await serve();`;

/** What `npm start` runs once all is built; by itself it ends as that does. */
async function launch(settings: Record<string, string>) {
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_ENV: "production",
    PORT: String(port),
    ...own,
    DATABASE_URL: "",
    ...settings,
  };
  const child = spawn(process.execPath, ["--input-type=module", "-e", host], { cwd: root, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const url = `http://127.0.0.1:${port}`;
  const ended = once(child, "exit");
  return { child, url, ended, output: () => output };
}

async function serves(url: string, ended: Promise<unknown>): Promise<boolean> {
  let over = false;
  void ended.then(() => (over = true));
  while (!over) {
    const answer = await fetch(`${url}/api/health`).catch(() => undefined);
    if (answer?.ok) return true;
    await after(20);
  }
  return false;
}

/** Starts, says how long it took, and makes sure that whoever signs up, and was there, has their tasks. */
async function startWhole({ settings }: Ground, old: boolean): Promise<number> {
  const begun = performance.now();
  const { child, url, ended, output } = await launch(settings);
  if (!(await serves(url, ended))) throw new Error(`It does not start:\n${output()}`);
  const took = performance.now() - begun;
  const post = (path: string, body: object, headers = {}) =>
    fetch(`${url}${path}`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Origin: `http://localhost:${new URL(url).port}`,
        ...headers,
      },
      body: JSON.stringify(body),
    });
  const person = { name: "Bob", email: "bob@example.com", password: "correct horse battery" };
  const signUp = await post("/api/auth/sign-up/email", person);
  if (!signUp.ok) throw new Error(`Sign-up: ${signUp.status} ${await signUp.text()}\n${output()}`);
  const { user } = await signUp.json();
  const cookie = signUp.headers
    .getSetCookie()
    .map((text) => text.split(";")[0])
    .join("; ");
  const { token } = await (await fetch(`${url}/api/auth/token`, { headers: { cookie } })).json();
  const made = await post(
    `/api/${user.id}/tasks`,
    { title: "Kept" },
    { Authorization: `Bearer ${token}` },
  );
  if (made.status !== 201)
    throw new Error(`A task: ${made.status} ${await made.text()}\n${output()}`);
  child.kill("SIGTERM");
  await ended;
  if (old) await checkKept(settings);
  return took;
}

async function checkKept(settings: Record<string, string>) {
  const { DATABASE_URL: url, DATA_DIR: dataDir = "" } = settings;
  const database = await openDatabase({ url, dataDir });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } =
    await client.query(`SELECT (SELECT count(*)::int FROM "task" WHERE "userId" = 'ada') AS tasks,
    (SELECT sum("open")::int FROM "task_delta" WHERE "userId" = 'ada' AND "dueDate" IS NULL AND "tags" = '{}') AS counted`);
  await client.end();
  await database.close();
  const [{ tasks, counted }] = rows;
  if (tasks !== 2000 || counted !== 2000)
    throw new Error(`Of 2000 tasks ${tasks} are there, ${counted} counted.`);
}

let done = 0;
let failed = 0;
const server = kinds.includes("postgres") ? await startTestServer() : null;
try {
  if (server) await administer(server.url, "CREATE ROLE taskbridge LOGIN CREATEROLE");
  const grounds = kinds.flatMap((kind) => begins.map((begin) => ({ kind, old: begin === "old" })));
  for (const [at, { kind, old }] of grounds.entries()) {
    const ground = await (server && kind === "postgres"
      ? postgresGround(server, old)
      : embeddedGround(old));
    await ground.reset();
    const whole = await startWhole(ground, old);
    const mine = Math.floor(cuts / grounds.length) + (at < cuts % grounds.length ? 1 : 0);
    for (let cut = 0; cut < mine; cut += 1) {
      await ground.reset();
      const signal = signals[cut % signals.length] ?? "SIGKILL";
      // Twice in some: whoever starts it anew at once is cut as well.
      const times = cut % 4 === 3 ? 2 : 1;
      const moments: number[] = [];
      for (let time = 0; time < times; time += 1) {
        const ms = Math.random() * whole;
        moments.push(Math.round(ms));
        const { child, ended } = await launch(ground.settings);
        await Promise.race([after(ms), ended]);
        child.kill(signal);
        await ended;
      }
      done += 1;
      try {
        await startWhole(ground, old);
      } catch (error) {
        failed += 1;
        console.error(
          `FAILED ${kind} ${old ? "upgrade" : "first start"} ${signal} at ${moments} ms: ${(error as Error).message}`,
        );
      }
    }
    await ground.remove();
    console.log(
      `${kind}, ${old ? "upgrade" : "first start"} (${Math.round(whole)} ms): ${mine} cut`,
    );
  }
} finally {
  await server?.stop();
}
console.log(`${done} starts cut short; after ${failed} of them the next one failed.`);
process.exitCode = failed > 0 ? 1 : 0;
