import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makePrivateDir } from "../src/private-dir.ts";

async function makeDir(): Promise<string> {
  const dir = await makePrivateDir();
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test.skipIf(process.platform === "win32")(
  "the folder of a process that was killed goes, one in use and one that is about to be stay",
  async () => {
    const [left, used, fresh] = [await makeDir(), await makeDir(), await makeDir()];
    const listen = `require("net").createServer().listen(${JSON.stringify(join(left, "s"))}, () => console.log())`;
    const child = spawn(process.execPath, ["-e", listen], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    const server = createServer().listen(join(used, "s"));
    await once(server, "listening");
    onTestFinished(() => void server.close());

    await makeDir();
    expect([left, used, fresh].map((dir) => existsSync(dir))).toEqual([true, true, true]);
    child.kill("SIGKILL");
    await once(child, "exit");
    await makeDir();
    expect([left, used, fresh].map((dir) => existsSync(dir))).toEqual([false, true, true]);
  },
);
