import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { makePrivateDir } from "@taskbridge/db";
import { log } from "@taskbridge/host";
import type { Reached } from "@taskbridge/host/headers";
import type { Listener } from "@taskbridge/host/server";
import { passingTo } from "./pass-to.ts";
import type { Begin, Told } from "./told.ts";

export interface PagesThread {
  /** Resolves with what passes requests to it, once it answers. Rejects with what it could not mend. */
  serve: (told: Told, where: Reached) => Promise<Listener>;
  stop: () => Promise<void>;
}

/**
 * Starts the thread of Next and Better Auth, which loads them at once and begins when there is a database.
 * Both keep an AsyncLocalStorage, with which Node 20 makes every promise of a thread dearer: in the API's they
 * would cost each call a fifth of its time. Should the thread end by itself, so does the process.
 */
export function startPagesThread(): PagesThread {
  // Built beside this file: see scripts/build-host.mjs.
  const worker = new Worker(new URL("./pages-thread.mjs", import.meta.url), {
    // The main thread's are no other thread's.
    execArgv: ["--enable-source-maps"],
  });
  const ended = once(worker, "exit");
  // Heard of when it is to serve.
  ended.catch(() => {});
  const onError = (error: unknown) => log("error", "The pages' thread failed.", {}, error);
  const onExit = () => {
    log("error", "The process ends: the pages' thread did.");
    process.exit(1);
  };
  let stop = async () => void (await worker.terminate());
  return {
    serve: async (told, where) => {
      const { path, remove } = await privateSocket();
      worker.postMessage({ told, socket: path } satisfies Begin);
      try {
        const [word] = await Promise.race([once(worker, "message"), ended]);
        if (word !== "serves") throw new Error("The pages' thread ended before it served.");
      } catch (error) {
        await remove();
        throw error;
      }
      worker.on("error", onError).on("exit", onExit);
      stop = async () => {
        worker.off("exit", onExit);
        worker.postMessage("stop");
        await ended;
        await remove();
      };
      return passingTo(path, where);
    },
    stop: () => stop(),
  };
}

/** A socket that no other user of the machine may reach, since what comes through it is believed. */
async function privateSocket() {
  if (process.platform === "win32") {
    return { path: `\\\\.\\pipe\\taskbridge-${crypto.randomUUID()}`, remove: async () => {} };
  }
  const dir = await makePrivateDir();
  return { path: join(dir, "pages"), remove: () => rm(dir, { recursive: true, force: true }) };
}
