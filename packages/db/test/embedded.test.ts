import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { bareClient } from "../src/bare-client.ts";
import { sqlStateOf } from "../src/driver-error.ts";
import { startEmbedded } from "../src/embedded.ts";
import { createDb, DataDirInUseError, openDatabase } from "../src/index.ts";
import { tempDir } from "./support/temp-dir.ts";

const timeout = 60_000;

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}
const socketDir = (url: string) => new URL(url).searchParams.get("host") ?? "";

test("data outlives a restart, and nothing else is left of the last run", { timeout }, async () => {
  const dataDir = join(tempDir(), "nested", "data");
  const first = await openDatabase({ dataDir });
  expect(first.kind).toBe("embedded");
  await query(first.url, "CREATE TABLE kept AS SELECT 42 AS n");
  await first.close();
  await first.close();
  expect(existsSync(socketDir(first.url))).toBe(false);

  const second = await openDatabase({ url: "", dataDir });
  expect(await query(second.url, "SELECT n FROM kept")).toEqual([{ n: 42 }]);
  await second.close();
  expect(readdirSync(dataDir).filter((name) => name.startsWith("lock.")).length).toBeLessThan(2);
});

test("only this user can reach the data and the socket", { timeout }, async () => {
  const dataDir = join(tempDir(), "data");
  const { url, close } = await startEmbedded({ dataDir });
  const mode = (path: string) => statSync(path).mode & 0o777;
  expect([mode(dataDir), mode(join(dataDir, "postgres")), mode(socketDir(url))]).toEqual([
    0o700, 0o700, 0o700,
  ]);
  await close();
});

test("a first start that was cut short does not spoil the next", { timeout }, async () => {
  const dataDir = tempDir();
  mkdirSync(join(dataDir, "postgres.unfinished"));
  writeFileSync(join(dataDir, "postgres.unfinished", "PG_VERSION"), "18");
  const { url, close } = await startEmbedded({ dataDir });
  expect(await query(url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
  await close();
});

test("what libpq reads of the environment leads nowhere else", { timeout }, async () => {
  const names = ["PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGSSLMODE"];
  const values = ["db.example", "1", "somebody", "elsewhere", "hunter2", "verify-full"];
  for (const [at, name] of names.entries()) vi.stubEnv(name, values[at]);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { url, close } = await startEmbedded({ dataDir: tempDir() });
  const db = createDb(url);
  expect(await bareClient(db).user.count().catch(sqlStateOf)).toBe("42P01");
  const which = "SELECT current_user AS u, current_database() AS d";
  expect(await query(url, which)).toEqual([{ u: "postgres", d: "postgres" }]);
  await db.close();
  await close();
});

test("a second process is kept out, and kill -9 loses nothing that was acknowledged", {
  timeout,
}, async () => {
  const dataDir = tempDir();
  const script = fileURLToPath(new URL("./support/hold-data-dir.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let acknowledged = 0;
  for await (const line of createInterface(child.stdout)) {
    if (line === "ready") {
      const refused = startEmbedded({ dataDir });
      await expect(refused).rejects.toThrow(DataDirInUseError);
      await expect(refused).rejects.toThrow(dataDir);
    } else acknowledged = Number(line);
    if (acknowledged === 50) child.kill("SIGKILL");
  }
  await exited;
  expect(acknowledged).toBeGreaterThanOrEqual(50);

  const { url, close } = await startEmbedded({ dataDir });
  const [row] = await query(
    url,
    `SELECT count(*)::int AS rows FROM numbers WHERE n <= ${acknowledged}`,
  );
  expect(row).toEqual({ rows: acknowledged });
  await close();
});
