import { execFileSync } from "node:child_process";
import { readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { startEmbedded } from "../src/embedded.ts";
import { noRoom, sayStorageFull } from "../src/wire.ts";
import { tempDir } from "./support/temp-dir.ts";

const timeout = 90_000;
const MB = 1024 * 1024;

/** A folder on a disk of its own; undefined where this user may not mount one. */
function smallDisk(): string | undefined {
  const dir = tempDir();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=80m", "tmpfs", dir], { stdio: "ignore" });
  } catch {
    process.stdout.write("Left out for want of the right to mount: a full disk.\n");
    return undefined;
  }
  onTestFinished(() => void execFileSync("umount", [dir]));
  return dir;
}

/** Fills a disk but for so many bytes. */
function fill(dir: string, but: number): string {
  const { bavail, bsize } = statfsSync(dir);
  const file = join(dir, "filler");
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - but)));
  return file;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  return client;
}

test("a full disk: reads go on, writes are told so, and go on once there is room", {
  timeout,
}, async ({ skip }) => {
  const dir = smallDisk() ?? skip();
  let heard = (_: boolean) => {};
  const hear = (wanted: boolean) =>
    new Promise<void>((resolve) => {
      heard = (full) => full === wanted && resolve();
    });
  const restarts: string[] = [];
  const { url, close } = await startEmbedded({
    dataDir: join(dir, "data"),
    onFull: (full) => heard(full),
    onRestart: (reason) => restarts.push(reason),
  });
  const client = await connect(url);
  await client.query("CREATE TABLE numbers AS SELECT generate_series(1, 100) AS n");

  const full = hear(true);
  const filler = fill(dir, MB);
  await full;
  for (const write of ["INSERT INTO numbers VALUES (0)", "DELETE FROM numbers"]) {
    await expect(client.query(write)).rejects.toMatchObject({ code: "53100" });
  }
  const count = async () => (await client.query("SELECT count(*)::int AS n FROM numbers")).rows;
  expect(await count()).toEqual([{ n: 100 }]);

  const room = hear(false);
  rmSync(filler);
  await room;
  await client.query("INSERT INTO numbers VALUES (0)");
  expect(await count()).toEqual([{ n: 101 }]);
  expect(restarts).toEqual([]);

  // Faster than anybody looks: the log cannot go on, and the database ends.
  const second = fill(dir, 3 * MB);
  const write = "SELECT pg_logical_emit_message(true, 'x', repeat(md5(random()::text), 300000))";
  const failure = (async () => {
    for (;;) await client.query(write);
  })().catch((error: Error) => error);
  expect(String(await failure)).toMatch(/Connection terminated|read-only|No space left/);
  rmSync(second);
  let again: pg.Client | undefined;
  while (!again) again = await connect(url).catch(() => undefined);
  const { rows } = await again.query("SELECT count(*)::int AS n FROM numbers");
  expect(rows).toEqual([{ n: 101 }]);
  await again.end();
  await close();
});

test("a database that is read-only for want of room says so by the code for that", () => {
  const said = Buffer.from("E....SERROR\0VERROR\0C25006\0Mcannot execute INSERT\0\0");
  expect(sayStorageFull(said).toString()).toContain("\0C53100\0");
  expect(noRoom.toString()).toContain("\0C53100\0");
});

test("the log is cut by checkpoints, however much is written", { timeout }, async () => {
  const dataDir = tempDir();
  const { url, close } = await startEmbedded({ dataDir });
  const client = await connect(url);
  const write = "SELECT pg_logical_emit_message(true, 'x', repeat(md5(random()::text), 60000))";
  for (let written = 0; written < 200 * MB; written += 60_000 * 32) await client.query(write);
  await client.query("SELECT pg_sleep(0.6)");
  await client.query("SELECT pg_sleep(0.6)");
  const files = readdirSync(join(dataDir, "postgres", "pg_wal")).filter((name) =>
    /^[0-9A-F]{24}$/.test(name),
  );
  expect(files.length).toBeLessThan(10);
  await client.end();
  await close();
});
