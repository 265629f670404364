// `npm run bench:export`: the most memory that a process has while a user exports a million tasks, for a
// reader who takes all at once and for one who does not: the API's own host, or with `-- --web` the product
// as `npm start` runs it. Each line has a process of its own. `--tasks=N` is for fewer, `--readers=N` for so
// many exports at a time, `--long` for notes of 10 000 characters.
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startApiHost, startApp } from "../apps/web/test/support/start-app.ts";
import { createIssuer } from "../packages/bridge/src/index.ts";
import { preparePostgresBase, startTestServer } from "../packages/db/src/testing/index.ts";
import { plant } from "./lib/planted.ts";
import { memoryOf, peakMemoryOf } from "./lib/processes.ts";

const { values } = parseArgs({
  options: {
    tasks: { type: "string", default: "1000000" },
    readers: { type: "string", default: "1" },
    long: { type: "boolean" },
    web: { type: "boolean" },
  },
});
const TARGET_MB = 400;
const issuer = "http://localhost:3000";
const secret = "a secret of the bench which is long enough to be taken";

/** How many milliseconds a reader rests after each gulp of bytes. */
const paces = { "at full speed": 0, "at most 10 MB a second": 100 };
const GULP = 1_000_000;

const server = await startTestServer();
if (!server) throw new Error("It takes a PostgreSQL server: apt-get install postgresql");
const stopping: (() => Promise<unknown>)[] = [server.stop];
try {
  const { base } = await preparePostgresBase(server.url);
  const { database, userId } = await plant(base, 1, Number(values.tasks));
  stopping.push(database.drop);
  if (values.long) {
    await database.client.$executeRaw`UPDATE "task" SET "notes" = repeat('Müller''s ', 1111)`;
  }
  const start = values.web ? startApp : startApiHost;
  const settings = {
    DATABASE_URL: database.url,
    BETTER_AUTH_URL: issuer,
    BETTER_AUTH_SECRET: secret,
    RATE_LIMIT: "off",
  };
  const token = await createIssuer({ secret, issuer }).issue({ userId, sessionId: "bench" });
  const lines = ["format  reader                    seconds    MB sent  before MB  most MB"];
  let met = true;
  for (const format of ["json", "csv"]) {
    for (const [reader, pause] of Object.entries(paces)) {
      const host = await start(settings);
      stopping.push(host.stop);
      const pid = host.child.pid ?? Number.NaN;
      await fetch(`${host.url}/api/health`);
      const before = memoryOf(pid);
      const since = performance.now();
      const url = `${host.url}/api/${userId}/tasks/export?format=${format}`;
      const reading = Array.from({ length: Number(values.readers) }, () => read(url, pause));
      const bytes = (await Promise.all(reading)).reduce((sum, each) => sum + each, 0);
      const seconds = (performance.now() - since) / 1_000;
      const most = peakMemoryOf(pid);
      met &&= most < TARGET_MB;
      await host.stop();
      lines.push(
        `${format.padEnd(8)}${reader.padEnd(24)}${[seconds, bytes / 1e6, before, most].map((n) => n.toFixed(0).padStart(9)).join("  ")}`,
      );
    }
  }
  process.stdout.write(
    `${values.tasks} tasks${values.long ? " with long notes" : ""}, ${values.readers} at a time, ${values.web ? "the web host" : "the API's own host"}, below ${TARGET_MB} MB:\n${lines.join("\n")}\n`,
  );
  process.exitCode = met ? 0 : 1;

  async function read(url: string, pause: number): Promise<number> {
    const request = get(url, { headers: { authorization: `Bearer ${token}` } });
    const [answer] = (await once(request, "response")) as [IncomingMessage];
    if (answer.statusCode !== 200) throw new Error(`The export answered ${answer.statusCode}.`);
    let bytes = 0;
    let gulp = 0;
    for await (const piece of answer) {
      bytes += piece.length;
      gulp += piece.length;
      if (pause > 0 && gulp >= GULP) {
        gulp = 0;
        await sleep(pause);
      }
    }
    if (!answer.complete) throw new Error("The export broke off.");
    return bytes;
  }
} finally {
  for (const stop of stopping.reverse()) await stop();
}
