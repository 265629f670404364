import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { bareClient } from "../src/bare-client.ts";
import { applyMigrations, checkWalls, createDb, type Db } from "../src/index.ts";
import { createUser, findServerBinaries, startTestServer } from "../src/testing/index.ts";

const guide = readFileSync(new URL("../../../docs/guides/host-it.md", import.meta.url), "utf8");
const steps = [...guide.matchAll(/^```sh.*\n([\s\S]*?)^```$/gm)].map(([, step = ""]) => step);
const [makeDatabase, takeRights, makeLogin, dump, backUp, verify, restore] = steps as [
  ...[string, string, string, string, string, string, string],
];
const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The same database on a server, as its user. */
function asUser(serverUrl: string, name = "taskbridge"): string {
  const url = new URL(serverUrl);
  url.username = name;
  url.pathname = "/tasks";
  return url.href;
}

const cleanUp: (() => unknown)[] = [];
let env: NodeJS.ProcessEnv;
let cwd: string;
const embedded = inject("testBase").kind === "embedded";

beforeAll(async () => {
  if (embedded) return;
  const urls = await Promise.all(
    [1, 2].map(async () => {
      const server = await startTestServer();
      if (!server) throw new Error("There are no PostgreSQL server binaries here.");
      cleanUp.push(server.stop);
      return server.url;
    }),
  );
  const [ADMIN_URL = "", NEW_ADMIN_URL = ""] = urls;
  cwd = mkdtempSync(join(tmpdir(), "taskbridge-test-"));
  cleanUp.push(() => rmSync(cwd, { recursive: true }));
  env = {
    PATH: [findServerBinaries(), process.env.PATH].join(delimiter),
    ADMIN_URL,
    DATABASE_URL: asUser(ADMIN_URL),
    BACKUP_URL: asUser(ADMIN_URL, "tasks_backup"),
    NEW_ADMIN_URL,
    NEW_DATABASE_URL: asUser(NEW_ADMIN_URL),
  };
});
afterAll(async () => {
  for (const undo of cleanUp.reverse()) await undo();
});

async function onceClosed(db: Db, work: (db: Db) => Promise<void>) {
  await work(db).finally(db.close);
}

const run = (step: string) =>
  execFileSync("sh", ["-ec", step], { cwd, env, encoding: "utf8", stdio: "pipe" });

/** A command of the repository, about a file of the test's. */
const runInRepository = (step: string) =>
  execFileSync("sh", ["-ec", step.replace("tasks.dump", join(cwd, "tasks.dump"))], {
    cwd: root,
    env,
    encoding: "utf8",
    stdio: "pipe",
  });

test.skipIf(embedded)(
  "the guide's commands, as they stand there, on two servers",
  async () => {
    expect(steps).toHaveLength(7);
    const { DATABASE_URL = "", NEW_DATABASE_URL = "" } = env;
    run(makeDatabase);
    await applyMigrations(DATABASE_URL);
    run(takeRights);
    const db = createDb(DATABASE_URL);
    cleanUp.push(db.close);
    await checkWalls(db);
    const users = [await createUser(db), await createUser(db)];
    for (const { id: userId } of users) {
      const task = { id: crypto.randomUUID(), userId, title: "Kept", titleKey: "kept" };
      await bareClient(db).task.create({ data: task });
    }

    const [, requestUrl] = /^REQUEST_DATABASE_URL=(.*)$/m.exec(runInRepository(makeLogin)) ?? [];
    await onceClosed(createDb(DATABASE_URL, { requestUrl }), checkWalls);

    expect(() => run(dump.replace("--enable-row-security", ""))).toThrow(/row-level security/);
    run(dump);
    expect(runInRepository(verify)).toMatch(/^task: 2 rows, 2 in the database now$/m);

    run(backUp);
    expect(runInRepository(verify)).toMatch(/The dump is whole/);
    run(`psql "$ADMIN_URL" -c 'ALTER ROLE tasks_backup NOBYPASSRLS'`);
    const [, backUpDump = ""] = backUp.split(/^(?=pg_dump)/m);
    expect(() => run(backUpDump)).toThrow(/row-level security/);
    run(backUpDump.replace("pg_dump", "pg_dump --enable-row-security"));
    expect(() => runInRepository(verify)).toThrow(/0 of the 2 rows of task/);
    expect(() => runInRepository(`DATABASE_URL= ${verify}`)).toThrow(
      /The dump has no tasks, though/,
    );
    run(`${dump}truncate --size=-200 tasks.dump`);
    expect(() => runInRepository(verify)).toThrow(/cannot be read to its end/);
    run(dump);
    // The same roles serve an empty database, whose user may make none.
    const [makeRoles = "", load = ""] = restore.split(/^(?=pg_restore)/m);
    run(makeRoles);
    expect(await applyMigrations(NEW_DATABASE_URL)).not.toEqual([]);
    await onceClosed(createDb(NEW_DATABASE_URL), checkWalls);
    run(
      `psql "$NEW_ADMIN_URL" -c 'DROP DATABASE tasks' -c 'CREATE DATABASE tasks OWNER taskbridge'`,
    );
    run(load);

    expect(await applyMigrations(NEW_DATABASE_URL)).toEqual([]);
    const restored = createDb(NEW_DATABASE_URL);
    cleanUp.push(restored.close);
    await checkWalls(restored);
    for (const table of ["user", "task"] as const) {
      const rows = (from: typeof db) =>
        bareClient(from).$queryRawUnsafe(`SELECT * FROM "${table}" ORDER BY "id"`);
      expect(await rows(restored)).toEqual(await rows(db));
    }
    expect(await bareClient(restored).task.count()).toBe(2);
  },
  180_000,
);
