// `npm run bench:flame`: where the API's thread spends its time while it is asked for lists of 20 (or
// `-- --ask=get`, `update`, `"no token"` …), as a flame graph: bench/flame.svg.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { Session } from "node:inspector/promises";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { createIssuer } from "../packages/bridge/src/index.ts";
import { bareClient, createDb } from "../packages/db/src/client.ts";
import {
  createTestDatabase,
  createUser,
  preparePostgresBase,
  startTestServer,
} from "../packages/db/src/testing/index.ts";
import { keysOf, openApi } from "../packages/host/src/index.ts";
import { apiListener } from "../packages/host/src/server/index.ts";
import { flameGraph } from "./lib/flame.ts";
import { addPlainTasks } from "./lib/plain-tasks.ts";
import { thingsToAsk } from "./lib/things.ts";

const { values } = parseArgs({ options: { ask: { type: "string", default: "list" } } });
const secret = "a secret of the bench which is long enough to be taken";
const issuer = "http://localhost:3000";
const SECONDS = 5;

const postgres = await startTestServer();
if (!postgres) throw new Error("It takes a PostgreSQL server: apt-get install postgresql");
const { base } = await preparePostgresBase(postgres.url);
const { url, drop } = await createTestDatabase(base);
const db = createDb(url);
const { id } = await createUser(db);
await addPlainTasks(bareClient(db), id, 100);
const ids = (await bareClient(db).task.findMany({ select: { id: true } })).map((task) => task.id);
const token = await createIssuer({ secret, issuer }).issue({ userId: id, sessionId: "bench" });
const asked = Object.entries(thingsToAsk({ id, token }, ids)).find(
  ([name]) => name === values.ask,
)?.[1];
if (!asked) throw new Error(`There is nothing called "${values.ask}" to ask for.`);

const api = await openApi({
  ...(await keysOf(secret, [])),
  db,
  databaseUrl: url,
  issuer,
  maxTasks: 100_000,
});
const http = createServer(apiListener(api.handle, { baseUrl: issuer })).listen(0);
await once(http, "listening");
const at = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
const session = new Session();
session.connect();
try {
  // In a process of its own, which the profile does not see.
  const ask = (seconds: number) => {
    const what = [at, JSON.stringify(asked()), String(seconds)];
    const args = ["--import", "tsx", "bench/lib/ask.ts", ...what];
    return once(spawn(process.execPath, args, { stdio: "inherit" }), "exit");
  };
  await ask(2);
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  await ask(SECONDS);
  const { profile } = await session.post("Profiler.stop");
  const title = `${values.ask}: the API's thread under load. Orange: ours, green: libraries, blue: Node and V8.`;
  await writeFile("bench/flame.svg", flameGraph(profile, title));
  process.stdout.write("bench/flame.svg is written.\n");
} finally {
  session.disconnect();
  http.closeAllConnections();
  http.close();
  await api.close();
  await db.close();
  await drop();
  await postgres.stop();
}
