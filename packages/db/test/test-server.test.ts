import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, test } from "vitest";
import { findServerBinaries, startTestServer } from "../src/testing/index.ts";

const timeout = 60_000;
const directory = (url: string) => new URL(url).searchParams.get("host") ?? "";

test.skipIf(!findServerBinaries())("a server leaves nothing behind", { timeout }, async () => {
  const server = await startTestServer();
  const url = server?.url ?? "";
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.end();
  expect(existsSync(directory(url))).toBe(true);
  await server?.stop();
  expect(existsSync(directory(url))).toBe(false);
});

test.skipIf(!findServerBinaries())("not even if its tests are killed", { timeout }, async () => {
  const script = fileURLToPath(new URL("./support/hold-test-server.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = await once(child.stdout.setEncoding("utf8"), "data");
  expect(existsSync(directory(url))).toBe(true);
  child.kill("SIGKILL");
  await expect.poll(() => existsSync(directory(url)), { timeout: 20_000 }).toBe(false);
});

test.skipIf(!findServerBinaries())(
  "one that crashes can be started again",
  { timeout },
  async () => {
    const server = await startTestServer({ durable: true });
    if (!server) throw new Error("There are server programs.");
    const query = async (sql: string) => {
      const client = new pg.Client({ connectionString: server.url });
      try {
        await client.connect();
        return (await client.query(sql)).rows;
      } finally {
        await client.end();
      }
    };
    await query("CREATE TABLE kept AS SELECT 1 AS one");
    await server.crash();
    await expect(query("SELECT 1")).rejects.toThrow();
    await server.restart();
    expect(await query("SELECT * FROM kept")).toEqual([{ one: 1 }]);
    await server.stop();
  },
);
