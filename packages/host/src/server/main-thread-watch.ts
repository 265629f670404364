import { Worker } from "node:worker_threads";

/** How often the main thread says that it is there, and how many such words may be missing. */
const PERIOD = { everyMs: 3_000, most: 4 };

/** The thread that watches: text, because hosts are bundled, and this needs nothing of them. */
const watcher = `
  const { writeSync } = require("node:fs");
  const { parentPort, workerData } = require("node:worker_threads");
  let missed = 0;
  parentPort.on("message", () => {
    missed = 0;
  });
  setInterval(() => {
    missed += 1;
    if (missed <= workerData.most) return;
    // Whatever else is written here goes through the main thread.
    writeSync(2, "The process ends: its main thread does not answer any more.\\n");
    process.kill(process.pid, "SIGKILL");
  }, workerData.everyMs);`;

/**
 * Ends the process by SIGKILL once its main thread has been silent for 12 to 15 s: in a loop it answers nothing and
 * hears no signal. Not for processes that a debugger holds. `period` is for tests.
 */
export function watchMainThread(period = PERIOD): void {
  const options = { eval: true, execArgv: [], env: {}, stdout: true, stderr: true };
  const thread = new Worker(watcher, {
    ...options,
    workerData: period,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
  });
  thread.unref();
  setInterval(() => thread.postMessage("here"), period.everyMs).unref();
}
