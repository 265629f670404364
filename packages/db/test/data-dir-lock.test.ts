import { execFile } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { DataDirInUseError, lockDataDir } from "../src/data-dir-lock.ts";
import { tempDir } from "./support/temp-dir.ts";

test("one holder at a time, also by another name of the directory", async () => {
  const dir = tempDir();
  const lock = await lockDataDir(dir);
  await expect(lockDataDir(join(dir, "..", dir.split("/").at(-1) ?? ""))).rejects.toThrow(
    DataDirInUseError,
  );
  await lock.release();
  await (await lockDataDir(dir)).release();
});

test("of many that come at once, exactly one gets in, over and over", async () => {
  const dir = tempDir();
  for (let round = 0; round < 20; round++) {
    const attempts = await Promise.allSettled(Array.from({ length: 10 }, () => lockDataDir(dir)));
    const won = attempts.flatMap((attempt) =>
      attempt.status === "fulfilled" ? [attempt.value] : [],
    );
    const lost = attempts.flatMap((attempt) =>
      attempt.status === "rejected" ? [attempt.reason] : [],
    );
    expect(won).toHaveLength(1);
    expect(lost.every((reason) => reason instanceof DataDirInUseError)).toBe(true);
    await won[0]?.release();
  }
  expect(readdirSync(dir)).toHaveLength(1);
});

test("a lock whose process is dead is taken over", async () => {
  const dir = tempDir();
  const holder = `require("net").createServer().listen(${JSON.stringify(join(dir, "lock.7"))}, () => process.kill(process.pid, "SIGKILL"))`;
  await promisify(execFile)(process.execPath, ["-e", holder]).catch(() => {});
  expect(readdirSync(dir)).toEqual(["lock.7"]);
  const lock = await lockDataDir(dir);
  expect(readdirSync(dir)).toEqual(["lock.8"]);
  await lock.release();
});

test("a holder that is too busy to answer keeps its lock", async () => {
  const dir = tempDir();
  const busy = createServer(() => {});
  await new Promise<void>((resolve) => busy.listen(join(dir, "lock.1"), resolve));
  await expect(lockDataDir(dir)).rejects.toThrow(DataDirInUseError);
  busy.close();
});

test("a path longer than a socket's may be works too", async () => {
  const dir = join(tempDir(), "long".repeat(30));
  mkdirSync(dir);
  const lock = await lockDataDir(dir);
  await expect(lockDataDir(dir)).rejects.toThrow(DataDirInUseError);
  await lock.release();
});

test("a lock does not keep its process alive", async () => {
  const source = `import { lockDataDir } from ${JSON.stringify(new URL("../src/data-dir-lock.ts", import.meta.url).href)};
    await lockDataDir(${JSON.stringify(tempDir())});`;
  const args = ["--import", "tsx", "--input-type=module", "-e", source];
  await promisify(execFile)(process.execPath, args, { timeout: 30_000 });
}, 40_000);
