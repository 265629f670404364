import { execFile } from "node:child_process";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { expect, test } from "vitest";
import { startEmbedded } from "../src/embedded.ts";
import { tempDir } from "./support/temp-dir.ts";

const timeout = 90_000;

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  return client;
}

test("a panic of PostgreSQL ends its thread alone, and it comes back with all that was acknowledged", {
  timeout,
}, async () => {
  const dataDir = tempDir();
  let restarted = (_: string) => {};
  const restart = new Promise<string>((resolve) => {
    restarted = resolve;
  });
  const { url, close } = await startEmbedded({ dataDir, onRestart: restarted });
  const client = await connect(url);
  await client.query("CREATE TABLE numbers AS SELECT generate_series(1, 100) AS n");
  // The log of writes cannot go on, as on a full disk.
  const log = join(dataDir, "postgres", "pg_wal");
  renameSync(log, `${log}.away`);
  const write = "SELECT pg_logical_emit_message(true, 'x', repeat(md5(random()::text), 30000))";
  const failure = (async () => {
    for (;;) await client.query(write);
  })().catch((error: Error) => error);
  expect(String(await failure)).toMatch(/Connection terminated/);
  renameSync(`${log}.away`, log);
  await restart;

  let again: pg.Client | undefined;
  while (!again) again = await connect(url).catch(() => undefined);
  const { rows } = await again.query("SELECT count(*)::int AS n FROM numbers");
  expect(rows).toEqual([{ n: 100 }]);
  await again.end();
  await close();
});

test("reading a lot and for long keeps nothing of it", { timeout }, async () => {
  const script = fileURLToPath(new URL("./support/read-a-lot.ts", import.meta.url));
  const small = ["--max-old-space-size=96", "--import", "tsx", script, tempDir()];
  const { stdout } = await promisify(execFile)(process.execPath, small);
  expect(stdout).toBe("read 400 MB, 0 restarts\n");
});
