import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accepted, bothDoors, untilAnswered } from "../apps/web/test/support/doors.ts";
import { signUp } from "../apps/web/test/support/http.ts";
import { ownDatabase } from "../apps/web/test/support/own-database.ts";
import { freePort, settingsOf } from "../apps/web/test/support/start-app.ts";
import { asPrinted, fencesOf } from "./lib/fences.ts";
import { findHaproxy } from "./lib/haproxy.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const started: ChildProcess[] = [];
const cleanUp: (() => Promise<unknown>)[] = [];
let dir: string;
let env: NodeJS.ProcessEnv;
let ports: Map<string, string>;

beforeAll(async () => {
  const { url, remove } = await ownDatabase();
  cleanUp.push(remove);
  dir = await mkdtemp(join(tmpdir(), "taskbridge-test-"));
  cleanUp.push(() => rm(dir, { recursive: true }));
  const all = ["3000", "3001", "3002", "3100"];
  ports = new Map(
    await Promise.all(all.map(async (port) => [port, String(await freePort())] as const)),
  );
  const PORT = ports.get("3000") ?? "";
  env = settingsOf({ PORT, DATABASE_URL: url, BETTER_AUTH_URL: `http://localhost:${PORT}` });
});
afterAll(async () => {
  for (const child of started) await end(child);
  for (const undo of cleanUp.reverse()) await undo();
}, 60_000);

/** The whole group: the shell, npm and what npm runs. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "close");
  process.kill(-(child.pid ?? 0), "SIGTERM");
  await ended;
}

const onFreePorts = (text: string) =>
  [...ports].reduce((changed, [port, free]) => changed.replaceAll(port, free), text);

/** Runs a block that leaves something running, and resolves when so many of our hosts serve. */
async function start(block: string, hosts: number): Promise<ChildProcess> {
  const script = `${onFreePorts(block).replace("haproxy.cfg", `${dir}/haproxy.cfg`)}\nwait\n`;
  const child = spawn("bash", ["-euo", "pipefail", "-c", script], {
    cwd: root,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const look = () => said.split("Ctrl-C stops it").length > hosts && resolve();
    look();
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said += chunk;
        look();
      });
    }
    child.on("exit", () => reject(new Error(`It ended:\n${said}`)));
  });
  return child;
}

const run = (block: string) =>
  execFileSync("bash", ["-euo", "pipefail", "-c", onFreePorts(block)], {
    cwd: root,
    env,
    encoding: "utf8",
    stdio: "pipe",
  });

const away = { status: 503, code: "unavailable" };
let fences: string[];

test("docs/guides/scale.md works as written: the hosts", { timeout: 180_000 }, async () => {
  fences = (await fencesOf("docs/guides/scale.md")).map(({ text }) => text);
  expect(fences).toHaveLength(8);
  const [hosts = "", key = "", printedKey = "", health = "", printedHealth = ""] = fences;
  expect(run(key)).toMatch(asPrinted(printedKey));
  await start(hosts, 2);
  expect(run(health)).toMatch(asPrinted(printedHealth.trimEnd()));
});

const haproxy = findHaproxy();
test.skipIf(!haproxy)("and the proxy before them", { timeout: 180_000 }, async () => {
  const [config = "", proxy = "", web = ""] = fences.slice(5);
  await writeFile(join(dir, "haproxy.cfg"), onFreePorts(config));
  env.PATH = [haproxy, env.PATH].join(delimiter);
  const proxying = await start(proxy, 0);
  await start(web, 1);
  const url = env.BETTER_AUTH_URL ?? "";
  const [ada, bob] = [await signUp("Ada", url), await signUp("Bob", url)];
  expect(await bothDoors(ada.id, ada.token, url)).toEqual(accepted);
  const [foreign] = await bothDoors(ada.id, bob.token, url);
  expect(foreign).toEqual({ status: 403, code: "forbidden" });

  // That was the proxy's way: without it there is no answer.
  await end(proxying);
  expect(await bothDoors(ada.id, ada.token, url)).toEqual([away, away]);
  await start(proxy, 0);
  await untilAnswered(() => bothDoors(ada.id, ada.token, url), accepted, 10_000);
});
