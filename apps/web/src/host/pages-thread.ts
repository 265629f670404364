import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { makePrivateDir } from "@taskbridge/db";
import { log } from "@taskbridge/host";
import type { Reached } from "@taskbridge/host/headers";
import type { Listener } from "@taskbridge/host/server";
import { passingTo } from "./pass-to.ts";
import type { Begin, Told } from "./told.ts";

/** How often it is asked whether it is there. */
const PING_MS = 3_000;
/** So many pings without an answer, and the thread is taken for stuck. */
const MISSED_PINGS = 4;
/** How long another one may take to begin. */
const BEGIN_MS = 60_000;
/** How long it may take to end by itself. */
const STOP_MS = 2_000;
/** The pauses before it is started again, should it not last; the last one holds for all that follow. */
const PAUSES_MS = [0, 1_000, 5_000, 15_000];
/** A thread that served for so long begins with no pause again. */
const SETTLED_MS = 60_000;
/** So many that could not even begin, one after the other, and whoever watches over the process should know. */
const FAILED_STARTS = 5;

export interface PagesThread {
  /** Resolves with what passes requests to it, once it answers. Rejects with what it could not mend. */
  serve: (told: Told, where: Reached) => Promise<Listener>;
  /** Whether it serves at the moment. */
  serves: () => boolean;
  stop: () => Promise<void>;
}

/**
 * Starts the thread of Next and Better Auth, which loads them at once and begins when there is a database.
 * Both keep an AsyncLocalStorage, with which Node 20 makes every promise of a thread dearer: in the API's
 * they would cost each call a fifth of its time. Should the thread end, or be stuck, another takes its place.
 */
export function startPagesThread(startWorker: () => Worker = startBuilt): PagesThread {
  let worker: Worker | undefined = startWorker();
  let serving = false;
  let stopping = false;
  /** Threads that did not last, since one did. */
  let shortLived = 0;
  /** Pings of the thread that serves which are not answered yet. */
  let missed = 0;
  const stopped = new AbortController();
  // Heard of when it is to serve.
  worker.on("error", () => {});

  /** Resolves once this thread serves; watches it from then on. */
  async function begin(begun: Worker, order: Begin): Promise<void> {
    const ended = once(begun, "exit").then(() => {
      throw new Error("The pages' thread ended before it served.");
    });
    const failed = once(begun, "error").then(([error]) => {
      throw error;
    });
    begun.postMessage(order);
    // The word that it serves.
    await Promise.race([once(begun, "message"), ended, failed]);
    serving = true;
    watch(begun, order);
  }

  function watch(watched: Worker, order: Begin): void {
    const since = performance.now();
    missed = 0;
    watched.on("message", () => {
      missed = 0;
    });
    const timer = setInterval(() => {
      missed += 1;
      if (missed > MISSED_PINGS) void watched.terminate();
      else watched.postMessage("ping");
    }, PING_MS).unref();
    watched.on("error", (error) => log("error", "The pages' thread failed.", {}, error));
    watched.once("exit", () => {
      clearInterval(timer);
      serving = false;
      if (stopping) return;
      const why = missed > MISSED_PINGS ? "did not answer any more" : "ended";
      log("error", `The pages' thread ${why}; another one takes its place.`);
      shortLived = performance.now() - since > SETTLED_MS ? 0 : shortLived + 1;
      void replace(order);
    });
  }

  async function replace(order: Begin, failedStarts = 0): Promise<void> {
    const pause = PAUSES_MS[Math.min(shortLived + failedStarts, PAUSES_MS.length) - 1] ?? 0;
    await sleep(pause, undefined, { signal: stopped.signal }).catch(() => {});
    if (stopping) return;
    const next = startWorker();
    worker = next;
    const late = setTimeout(() => void next.terminate(), BEGIN_MS);
    await rm(order.socket, { force: true })
      .then(() => begin(next, order))
      .catch(async (error: unknown) => {
        if (stopping) return;
        log("error", "The pages' thread could not be started.", {}, error);
        await next.terminate();
        if (failedStarts + 1 < FAILED_STARTS) return replace(order, failedStarts + 1);
        log("error", "The process ends: time and again the pages' thread could not be started.");
        process.exit(1);
      })
      .finally(() => clearTimeout(late));
  }

  let remove = async () => {};
  return {
    serve: async (told, where) => {
      const socket = await privateSocket();
      remove = socket.remove;
      if (worker) await begin(worker, { told, socket: socket.path });
      return passingTo(socket.path, where);
    },
    // One may be on its way.
    serves: () => serving && missed <= 2,
    stop: async () => {
      stopping = true;
      stopped.abort();
      if (worker && worker.threadId !== -1) await end(worker, serving);
      await remove();
    },
  };
}

/** Lets a thread that serves end by itself, for a while. */
async function end(worker: Worker, serving: boolean): Promise<void> {
  const ended = once(worker, "exit").catch(() => {});
  if (serving) worker.postMessage("stop");
  else void worker.terminate();
  const late = setTimeout(() => void worker.terminate(), STOP_MS);
  await ended;
  clearTimeout(late);
}

/** Built beside this file: see scripts/build-host.mjs. The main thread's options are no other thread's. */
const startBuilt = () =>
  new Worker(new URL("./pages-thread.mjs", import.meta.url), {
    execArgv: ["--enable-source-maps"],
  });

/** A socket that no other user of the machine may reach, since what comes through it is believed. */
async function privateSocket() {
  if (process.platform === "win32") {
    return { path: `\\\\.\\pipe\\taskbridge-${crypto.randomUUID()}`, remove: async () => {} };
  }
  const dir = await makePrivateDir();
  return { path: join(dir, "pages"), remove: () => rm(dir, { recursive: true, force: true }) };
}
