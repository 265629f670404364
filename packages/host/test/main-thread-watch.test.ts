import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const watch = fileURLToPath(new URL("../src/server/main-thread-watch.ts", import.meta.url));

/** What becomes of a process that does this: how it ended, and what it said. */
async function run(what: string) {
  const script = `
    import { watchMainThread } from ${JSON.stringify(watch)};
    watchMainThread({ everyMs: 100, most: 4 });
    ${what}`;
  const args = ["--import", "tsx", "--input-type=module", "--eval", script];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  const [code, signal] = await once(child, "close");
  return { code, signal, said };
}

test("a process whose main thread is in a loop is ended, which hears no signal any more", async () => {
  const { signal, said } = await run("setTimeout(() => { for (;;); }, 200);");
  expect(signal).toBe("SIGKILL");
  expect(said).toBe("The process ends: its main thread does not answer any more.\n");
});

test("a process whose main thread answers goes on, and ends when it has nothing left to do", async () => {
  const { code, said } = await run("setTimeout(() => {}, 1_500);");
  expect({ code, said }).toEqual({ code: 0, said: "" });
});
