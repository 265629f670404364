// A thread that asks for a list now and then, until it is told to stop, and says how long each took: beside
// whoever makes the server work hard it would time their thread.
import { parentPort, workerData } from "node:worker_threads";

const { url, headers, pauseMs } = workerData;
let stopped = false;
parentPort.once("message", () => {
  stopped = true;
});
const times = [];
let failed = 0;
while (!stopped) {
  const since = performance.now();
  const response = await fetch(url, { headers }).catch(() => null);
  await response?.arrayBuffer();
  if (response?.status !== 200) failed += 1;
  times.push(performance.now() - since);
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
}
parentPort.postMessage({ times, failed });
