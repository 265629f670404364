import { existsSync, mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { startEmbedded } from "../src/embedded.ts";
import { backUpEmbedded, restoreEmbedded } from "../src/embedded-copies.ts";
import { DataDirInUseError } from "../src/index.ts";
import { serveCopies } from "../src/serve-copies.ts";
import { tempDir } from "./support/temp-dir.ts";

const timeout = 90_000;

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function numbersIn(dataDir: string): Promise<number> {
  const { url, close } = await startEmbedded({ dataDir });
  const client = await connect(url);
  const { rows } = await client.query("SELECT max(n)::int AS n FROM numbers");
  await client.end();
  await close();
  return rows[0].n;
}

test("a copy that is made among writes has all that was acknowledged before, and can be restored", {
  timeout,
}, async () => {
  const dataDir = tempDir();
  const file = join(tempDir(), "copy.tar.gz");
  const running = await startEmbedded({ dataDir });
  const client = await connect(running.url);
  await client.query(`CREATE TABLE "_prisma_migrations" (id text); CREATE TABLE numbers (n int)`);
  let acknowledged = 0;
  let writing = true;
  const writes = (async () => {
    while (writing) {
      await client.query("INSERT INTO numbers VALUES ($1)", [acknowledged + 1]);
      acknowledged += 1;
    }
  })();
  while (acknowledged < 20) await new Promise(setImmediate);
  const before = acknowledged;
  await backUpEmbedded(dataDir, file);
  const inCopyAtMost = acknowledged + 1;
  writing = false;
  await writes;
  await expect(restoreEmbedded(dataDir, file)).rejects.toThrow(DataDirInUseError);
  await client.end();
  await running.close();
  await expect(backUpEmbedded(dataDir, file)).rejects.toThrow("is there already");

  const former = await restoreEmbedded(dataDir, file);
  expect(existsSync(former ?? "")).toBe(true);
  const restored = await numbersIn(dataDir);
  expect(restored).toBeGreaterThanOrEqual(before);
  expect(restored).toBeLessThanOrEqual(inCopyAtMost);

  // Without a process that has it open it is opened for the copy.
  const second = join(tempDir(), "second.tar.gz");
  await backUpEmbedded(dataDir, second);
  expect(await restoreEmbedded(join(tempDir(), "new"), second)).toBeUndefined();

  truncateSync(second, 200_000);
  await expect(restoreEmbedded(dataDir, second)).rejects.toThrow("is no whole copy");
  expect(await numbersIn(dataDir)).toBe(restored);
});

test("a data directory that cannot be opened is said in one sentence with what to do", {
  timeout,
}, async () => {
  const dataDir = tempDir();
  const cluster = join(dataDir, "postgres");
  const refused = () => startEmbedded({ dataDir });
  writeFileSync(cluster, "");
  await expect(refused()).rejects.toThrow(/There is a file at .*postgres/);
  rmSync(cluster);
  mkdirSync(cluster);
  await expect(refused()).rejects.toThrow(/damaged: PG_VERSION is missing.*db:restore/);
  for (const folder of ["global", "base", "pg_wal"]) mkdirSync(join(cluster, folder));
  for (const file of ["global/pg_control", "postgresql.conf"])
    writeFileSync(join(cluster, file), "");
  writeFileSync(join(cluster, "PG_VERSION"), "15\n");
  await expect(refused()).rejects.toThrow("is of PostgreSQL 15, and this is 18");
  writeFileSync(join(cluster, "PG_VERSION"), "18\n");
  await expect(refused()).rejects.toThrow(/cannot be opened/);
  rmSync(dataDir, { recursive: true });
  writeFileSync(dataDir, "");
  await expect(refused()).rejects.toThrow(/cannot be made \(E/);
});

test("who asks for a copy and goes away harms nobody", async () => {
  const socket = new Socket();
  serveCopies(socket, () => undefined);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.destroy(new Error("write EPIPE"));
  // An error that nobody hears of would end the process, and fails this run.
  await closed;
});
