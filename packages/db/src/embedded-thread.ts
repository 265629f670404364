// Runs in a thread of its own: the embedded database of `embedded.ts`.
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import type { ListenOptions } from "node:net";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { maintain, maintenanceParams } from "./embedded-maintenance.ts";
import { createPglite } from "./pglite.ts";
import { servePglite } from "./pglite-server.ts";
import { portOf } from "./private-server.ts";

/** What the thread is started with. */
export interface ThreadOptions {
  dataDir: string;
  listen: ListenOptions;
}

/** What it says of itself; `alive` answers each `ping`. */
export type FromThread =
  | { kind: "serves"; port: number | undefined }
  | { kind: "failed"; message: string }
  | { kind: "alive" }
  | { kind: "full"; full: boolean }
  | { kind: "copied"; file: string; problem: string | undefined };

/** What it is told; to copy the database into a file (gzip'd tar) that is there afterwards or not at all. */
export type ToThread = "ping" | "stop" | { copyTo: string };

/** What Emscripten throws where PostgreSQL jumps back to its main loop: an ordinary error of SQL. */
const LONGJMP_STATUS = 100;

const port = parentPort;
if (!port) throw new TypeError("The embedded database has a thread of its own.");
const say = (message: FromThread) => port.postMessage(message);
const { dataDir, listen } = workerData as ThreadOptions;

try {
  const pglite = await openCluster(dataDir);
  endOnPanic(pglite);
  const served = await servePglite(pglite, listen);
  const servedPort = portOf(served.server);
  const address = servedPort === undefined ? listen : { ...listen, port: servedPort };
  const endMaintenance = await maintain(dataDir, address, (full) => {
    served.sayFull(full);
    say({ kind: "full", full });
  });
  port.on("message", (order: ToThread) => {
    if (order === "ping") return say({ kind: "alive" });
    if (order !== "stop") return void copyTo(pglite, order.copyTo);
    endMaintenance();
    void served
      .close()
      .then(() => pglite.close())
      .finally(() => process.exit(0));
  });
  say({ kind: "serves", port: servedPort });
} catch (error) {
  say({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  port.close();
}

/** A cluster appears under its name only when it is complete: a first start may be cut short. */
async function openCluster(dir: string): Promise<PGlite> {
  const cluster = join(dir, "postgres");
  const exists = await stat(cluster).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
  if (!exists) {
    const unfinished = join(dir, "postgres.unfinished");
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    await (await createPglite({ dataDir: unfinished })).close();
    await rename(unfinished, cluster);
  }
  return await createPglite({
    dataDir: cluster,
    startParams: [...PGlite.defaultStartParams, ...maintenanceParams],
  });
}

/**
 * Between two requests, so that the copy is what would be there after a crash at that moment: all that was
 * acknowledged before, and nothing by halves.
 */
async function copyTo(pglite: PGlite, file: string): Promise<void> {
  const unfinished = `${file}.unfinished`;
  let problem: string | undefined;
  try {
    const copy = await pglite.dumpDataDir("gzip");
    // For this user alone: there are password hashes in it.
    await writeFile(unfinished, copy.stream(), { mode: 0o600 });
    await rename(unfinished, file);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
    await rm(unfinished, { force: true });
  }
  say({ kind: "copied", file, problem });
}

/**
 * Ends the thread where PostgreSQL gives up (a PANIC: a disk that is full at the wrong moment). PGlite
 * takes that for an error of SQL and would try for ever; what was acknowledged is in the log on disk, and
 * the next thread recovers it.
 */
function endOnPanic(pglite: PGlite): void {
  const module = pglite.Module as unknown as { _PostgresMainLoopOnce: () => void };
  const loopOnce = module._PostgresMainLoopOnce;
  module._PostgresMainLoopOnce = () => {
    try {
      loopOnce();
    } catch (error) {
      if ((error as { status?: unknown }).status !== LONGJMP_STATUS) process.exit(1);
      throw error;
    }
  };
}
