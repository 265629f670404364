import { log } from "../log/log.ts";

/** Requests in flight have 10 s; what hangs then is left as it is. */
const HARD_LIMIT_MS = 13_000;

/** Ends the process when it is told to, after this, which may hang; at once when it is told twice. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    // Whoever asks twice does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => {
      log("error", "The process ends: stopping took too long.");
      // An exit would wait for threads, which may be what hangs.
      process.kill(process.pid, "SIGKILL");
    }, HARD_LIMIT_MS);
    void stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log("error", "Stopping failed.", {}, error);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
}
