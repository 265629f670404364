import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const signals = fileURLToPath(new URL("../src/server/signals.ts", import.meta.url));
const script = `
  import { stopOnSignals } from ${JSON.stringify(signals)};
  stopOnSignals(() => new Promise(() => {}));
  setInterval(() => {}, 1000);
  console.log("ready");`;

test("SIGTERM ends a process within 15 s whose stop never ends", async () => {
  const args = ["--import", "tsx", "--input-type=module", "--eval", script];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  await once(child.stdout, "data");
  const since = performance.now();
  child.kill("SIGTERM");
  await once(child, "close");
  expect(performance.now() - since).toBeLessThan(15_000);
  expect(said).toContain("stopping took too long");
});
