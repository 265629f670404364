import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type ListenOptions } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Worker } from "node:worker_threads";
import { damaged, diskFull } from "./data-dir.ts";
import { isDiskFull } from "./embedded-maintenance.ts";
import type { FromThread, ThreadOptions, ToThread } from "./embedded-thread.ts";
import { noRoom } from "./wire.ts";

/** How often the thread is asked whether it is there. */
const PING_MS = 5_000;
/** After so many pings without an answer it is taken for stuck: longer than any statement may take. */
const MISSED_PINGS = 8;
/** How long it may take to open: a recovery writes again what the log has. */
const OPEN_MS = 120_000;
/** How long it may take to finish what it is at when it is to end. */
const STOP_MS = 8_000;
/** The pauses before it is opened again, should it not stay open. */
const PAUSES_MS = [0, 1_000, 5_000, 15_000];
/** A thread that was open for so long begins with no pause again. */
const SETTLED_MS = 60_000;

/**
 * The thread of an embedded database, which is opened again when it ends by itself or hears nothing for
 * too long: a panic of PostgreSQL, a full disk, a statement without end. What was acknowledged is on disk.
 */
export class EmbeddedThread {
  readonly #options: ThreadOptions;
  readonly #onRestart: (reason: string) => void;
  readonly #onFull: (full: boolean) => void;
  #worker: Worker | undefined;
  #closing = false;
  #reopening: Promise<void> | undefined;
  readonly #closed = new AbortController();

  constructor(
    options: ThreadOptions,
    onRestart: (reason: string) => void,
    onFull: (full: boolean) => void,
  ) {
    this.#options = options;
    this.#onRestart = onRestart;
    this.#onFull = onFull;
  }

  /** Resolves once it serves, with its port where it listens at one. Rejects with `DataDirError`. */
  async open(): Promise<number | undefined> {
    const { listen, dataDir } = this.#options;
    // What a thread that was ended has left behind.
    if (listen.path) await rm(listen.path, { force: true });
    const worker = startWorker(this.#options);
    this.#worker = worker;
    const late = setTimeout(() => void worker.terminate(), OPEN_MS).unref();
    const port = await new Promise<number | undefined>((resolve, reject) => {
      worker.once("error", reject).once("exit", () => reject(damaged(dataDir, "it ended")));
      worker.on("message", (said: FromThread) => {
        if (said.kind === "serves") resolve(said.port);
        else if (said.kind === "full") this.#onFull(said.full);
        else if (said.kind === "failed") reject(damaged(dataDir, oneLine(said.message)));
      });
    })
      .catch(async (error) => {
        // One that could not open it does not always end by itself.
        await worker.terminate();
        if (await isDiskFull(dataDir)) throw diskFull(dataDir);
        throw error;
      })
      .finally(() => clearTimeout(late));
    if (port !== undefined) this.#options.listen.port = port;
    this.#watch(worker);
    return port;
  }

  /** Copies the database into a file, while it goes on. Rejects with what went wrong. */
  async copyTo(file: string): Promise<void> {
    const worker = this.#worker;
    if (!worker) throw new Error("The database is not open.");
    await new Promise<void>((resolve, reject) => {
      const onMessage = (said: FromThread) => {
        if (said.kind !== "copied" || said.file !== file) return;
        worker.off("message", onMessage).off("exit", onExit);
        if (said.problem === undefined) resolve();
        else reject(new Error(oneLine(said.problem)));
      };
      const onExit = () => reject(new Error("The database ended meanwhile."));
      worker.on("message", onMessage).once("exit", onExit);
      worker.postMessage({ copyTo: file } satisfies ToThread);
    });
  }

  /** Lets what is under way end, and closes the database. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#closed.abort();
    if (this.#reopening) void this.#worker?.terminate();
    await this.#reopening;
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    worker.postMessage("stop" satisfies ToThread);
    const late = setTimeout(() => void worker.terminate(), STOP_MS);
    await ended;
    clearTimeout(late);
  }

  #watch(worker: Worker): void {
    const since = performance.now();
    let missed = 0;
    const timer = setInterval(() => {
      missed += 1;
      if (missed > MISSED_PINGS) void worker.terminate();
      else worker.postMessage("ping" satisfies ToThread);
    }, PING_MS).unref();
    worker.on("message", () => {
      missed = 0;
    });
    let reason = "it ended";
    worker.on("error", ({ message }) => {
      reason = oneLine(message);
    });
    worker.once("exit", () => {
      clearInterval(timer);
      this.#worker = undefined;
      if (this.#closing) return;
      const stuck = missed > MISSED_PINGS;
      this.#onRestart(stuck ? "it did not answer any more" : reason);
      const settled = performance.now() - since > SETTLED_MS;
      this.#reopening = this.#reopen(settled ? 0 : 1).finally(() => {
        this.#reopening = undefined;
      });
    });
  }

  async #reopen(attempt: number): Promise<void> {
    const pause = PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)];
    const { listen, dataDir } = this.#options;
    const welcome = (await isDiskFull(dataDir)) ? await refuseAt(listen) : async () => {};
    await sleep(pause, undefined, { signal: this.#closed.signal, ref: false }).catch(() => {});
    await welcome();
    if (this.#closing) return;
    await this.open().catch((error: Error) => {
      this.#worker = undefined;
      if (this.#closing) return;
      this.#onRestart(oneLine(error.message));
      return this.#reopen(attempt + 1);
    });
  }
}

/** Says to all who come to an address that the disk is full. Resolves with what ends it. */
async function refuseAt(listen: ListenOptions): Promise<() => Promise<void>> {
  const server = createServer((socket) => {
    socket.on("error", () => {}).once("data", () => socket.end(noRoom));
  });
  if (listen.path) await rm(listen.path, { force: true });
  server
    .on("error", () => {})
    .listen(listen)
    .unref();
  return () => new Promise((resolve) => void server.close(() => resolve()));
}

const oneLine = (message: string) => message.split("\n")[0]?.slice(0, 300) ?? "";

function startWorker(options: ThreadOptions): Worker {
  // Next's bundler follows what is given to a Worker that it knows by its import.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const file = threadFile();
  // The main thread's options are not for this one.
  const common = { workerData: options, execArgv: ["--enable-source-maps"] };
  if (file.endsWith(".mjs")) return new Worker(file, common);
  // A thread does not begin with a file that tsx has to read: tsx is registered first.
  const source = JSON.stringify(pathToFileURL(file).href);
  const script = `import("tsx/esm/api").then(({ register }) => { register(); return import(${source}); })`;
  return new Worker(script, { ...common, eval: true });
}

/** Built beside this file, or its source: see scripts/build-host.mjs. */
function threadFile(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const names = ["embedded-thread.mjs", "embedded-thread.ts"].map((name) => join(here, name));
  const found = names.find((name) => existsSync(name));
  return found ?? sourceFrom(process.cwd());
}

/** Where Next has bundled this file elsewhere. */
function sourceFrom(folder: string): string {
  const file = join(folder, "packages/db/src/embedded-thread.ts");
  if (existsSync(file)) return file;
  if (dirname(folder) === folder) throw new Error("The embedded database's thread was not found.");
  return sourceFrom(dirname(folder));
}
