import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { fetchToken, type Person, signUp } from "../apps/web/test/support/http.ts";
import {
  type App,
  freePort,
  scratchDir,
  settingsOf,
  startApp,
} from "../apps/web/test/support/start-app.ts";
import { startTestServer } from "../packages/db/src/testing/index.ts";

const timeout = 240_000;
const root = fileURLToPath(new URL("..", import.meta.url));
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

/** Runs one of the commands as npm does, and returns what it says; its status if that is not 0. */
async function command(script: string, settings: Record<string, string>, ...args: string[]) {
  const run = ["--import", "tsx", join("scripts", script), ...args];
  const options = { cwd: root, env: settingsOf(settings) };
  return await promisify(execFile)(process.execPath, run, options).then(
    ({ stdout }) => ({ status: 0, said: stdout.trim() }),
    ({ code, stderr }) => ({ status: code, said: String(stderr).trim() }),
  );
}

async function folder(): Promise<string> {
  const made = await scratchDir();
  cleanUp.push(made.remove);
  return made.path;
}

async function started(settings: Record<string, string>): Promise<App> {
  const app = await startApp(settings);
  cleanUp.push(() => app.stop());
  return app;
}

const add = async (ada: Person, title: string) => {
  const answer = await ada.tasks("", { method: "POST", body: JSON.stringify({ title }) });
  expect(answer.status).toBe(201);
};
const titles = async (ada: Person) => {
  const { items } = await (await ada.tasks()).json();
  return items.map(({ title }: { title: string }) => title).sort();
};

test("a copy of the running app, restored: accounts, sessions, ids and tasks", {
  timeout,
}, async () => {
  const settings = { DATA_DIR: await folder(), PORT: String(await freePort()) };
  const file = join(await folder(), "copy.tar.gz");
  const app = await started(settings);
  const ada = await signUp("Ada", app.url);
  await add(ada, "before");

  const copied = await command("db-backup.ts", settings, file);
  expect(copied).toMatchObject({ status: 0, said: expect.stringContaining(`to ${file}.`) });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await add(ada, "after");
  const tooEarly = await command("db-restore.ts", settings, file);
  expect(tooEarly).toMatchObject({ status: 1, said: expect.stringContaining("is in use by") });
  expect(await titles(ada)).toEqual(["after", "before"]);
  await app.stop();

  const restored = await command("db-restore.ts", settings, file);
  const [, former = ""] = /What was there is in (\S+)\.$/.exec(restored.said) ?? [];
  expect([restored.status, existsSync(former)]).toEqual([0, true]);
  const again = await started(settings);
  expect(await titles(ada)).toEqual(["before"]);
  expect(await fetchToken(ada.cookie, again.url)).toMatch(/^eyJ/);
});

test("a server instead: what is left behind is said, and moves by one command", {
  timeout,
}, async ({ skip }) => {
  const server = (await startTestServer()) ?? skip();
  cleanUp.push(server.stop);
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query("CREATE ROLE taskbridge LOGIN CREATEROLE");
  await admin.query("CREATE DATABASE tasks OWNER taskbridge");
  await admin.end();
  const url = new URL(server.url);
  url.username = "taskbridge";
  url.pathname = "/tasks";

  const port = String(await freePort());
  const before = { DATA_DIR: await folder(), PORT: port };
  const settings = { ...before, DATABASE_URL: url.href };
  const app = await started(before);
  const ada = await signUp("Ada", app.url);
  await add(ada, "moved");
  await app.stop();

  const empty = await started(settings);
  expect(empty.output()).toContain(`the embedded database in ${before.DATA_DIR} is left behind`);
  expect((await command("db-backup.ts", settings)).said).toContain("pg_dump");
  expect((await command("db-restore.ts", settings, "x")).said).toContain("pg_restore");
  await empty.stop();

  const moved = await command("db-move.ts", settings);
  expect(moved).toMatchObject({
    status: 0,
    said: expect.stringContaining("Moved 1 accounts with 1 tasks"),
  });
  const full = await started(settings);
  expect(await titles(ada)).toEqual(["moved"]);
  expect(await fetchToken(ada.cookie, full.url)).toMatch(/^eyJ/);
  expect(await command("db-move.ts", settings)).toMatchObject({
    status: 1,
    said: "The database there has accounts already.",
  });
});
