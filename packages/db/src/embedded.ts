import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { checkCluster, DataDirError } from "./data-dir.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import { EmbeddedThread } from "./embedded-supervisor.ts";
import { type PrivateServer, privateAddress } from "./private-server.ts";
import { serveCopies } from "./serve-copies.ts";

export interface EmbeddedOptions {
  /** Where the database's files are, or are made. */
  dataDir: string;
  /** Told when the database ended by itself and is opened again. */
  onRestart?: ((reason: string) => void) | undefined;
  /** Told when its disk is full, from which moment on it is read-only, and when there is room again. */
  onFull?: ((full: boolean) => void) | undefined;
}

/**
 * Starts a PostgreSQL (PGlite, which is PostgreSQL as WebAssembly) in a thread of its own with its data in
 * `dataDir`, made if missing, and serves it to this user alone. Should it end, it is opened again at the
 * same address.
 *
 * Throws `DataDirInUseError` while another process has the directory open, and `DataDirError` where it
 * cannot be made or what is in it cannot be opened.
 */
export async function startEmbedded({
  dataDir,
  onRestart = () => {},
  onFull = () => {},
}: EmbeddedOptions): Promise<PrivateServer> {
  const dir = resolve(dataDir);
  // For this user alone: there are password hashes in it.
  await mkdir(dir, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new DataDirError(
      `The data directory ${dir} cannot be made (${error.code}); set DATA_DIR to a folder of your own.`,
    );
  });
  let thread: EmbeddedThread | undefined;
  const lock = await lockDataDir(dir, (socket) => serveCopies(socket, () => thread)).catch(
    (error: NodeJS.ErrnoException) => {
      throw error.code === undefined
        ? error
        : new DataDirError(
            `The data directory ${dir} cannot be written to (${error.code}); set DATA_DIR to a folder of your own.`,
          );
    },
  );
  try {
    await checkCluster(dir);
    const address = await privateAddress();
    const opened = new EmbeddedThread({ dataDir: dir, listen: address.listen }, onRestart, onFull);
    try {
      const port = await opened.open();
      thread = opened;
      let closed: Promise<void> | undefined;
      const close = async () => {
        await opened.close();
        await address.remove();
        await lock.release();
      };
      return {
        url: address.urlOf(port),
        close: () => {
          closed ??= close();
          return closed;
        },
      };
    } catch (error) {
      await address.remove();
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
}
