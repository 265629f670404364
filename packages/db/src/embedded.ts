import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { lockDataDir } from "./data-dir-lock.ts";
import { createPglite } from "./pglite.ts";
import { type PrivateServer, servePrivately } from "./private-server.ts";

/** The data directory cannot be used as it is; the message says why. */
export class DataDirError extends Error {
  override readonly name = "DataDirError";
}

/**
 * Starts a PostgreSQL in this process (PGlite, which is PostgreSQL as WebAssembly) with its data in
 * `dataDir`, made if missing, and serves it to this user alone.
 *
 * Throws `DataDirInUseError` while another process has the directory open, and `DataDirError` where
 * it cannot be made.
 */
export async function startEmbedded({ dataDir }: { dataDir: string }): Promise<PrivateServer> {
  const dir = resolve(dataDir);
  // For this user alone: there are password hashes in it.
  await mkdir(dir, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new DataDirError(
      `The data directory ${dir} cannot be made (${error.code}); set DATA_DIR to a folder of your own.`,
    );
  });
  const lock = await lockDataDir(dir);
  try {
    const server = await servePrivately(await openPglite(dir));
    return {
      url: server.url,
      close: async () => {
        await server.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** A cluster appears under its name only when it is complete: a first start may be cut short. */
async function openPglite(dir: string): Promise<PGlite> {
  const cluster = join(dir, "postgres");
  if (!(await exists(cluster))) {
    const unfinished = join(dir, "postgres.unfinished");
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    await (await createPglite({ dataDir: unfinished })).close();
    await rename(unfinished, cluster);
  }
  return await createPglite({ dataDir: cluster });
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
