import { createHash, randomBytes } from "node:crypto";
import { link, readdir, realpath, rm, symlink } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join, relative } from "node:path";
import { makePrivateDir } from "./private-dir.ts";
import { isHeld } from "./socket-holder.ts";

/** Another process, or another part of this one, has the data directory open. */
export class DataDirInUseError extends Error {
  override readonly name = "DataDirInUseError";

  constructor(dataDir: string) {
    super(
      `The data directory ${dataDir} is in use by another process: stop that one, or set DATA_DIR to another directory.`,
    );
  }
}

export interface DataDirLock {
  release(): Promise<void>;
}

/**
 * Keeps a second process out of a data directory: PGlite does not, and two at once destroy the data.
 *
 * The lock is a listening socket, because the system closes it when its process dies, however it
 * dies. A pid file would outlive a `kill -9`, and its number may by then be another process's; in a
 * container it usually is.
 *
 * Throws `DataDirInUseError` if another holder is alive. Who connects to the holder is handed to `serve`.
 */
export async function lockDataDir(
  dataDir: string,
  serve: (socket: Socket) => void = (socket) => socket.destroy(),
): Promise<DataDirLock> {
  const dir = await realpath(dataDir);
  const server = createServer(serve);
  server.unref();
  return process.platform === "win32"
    ? await lockByPipe(server, dir)
    : await lockBySocket(server, dir);
}

/** A connection to the process that has the directory open; undefined where there is none. */
export async function connectToHolder(dataDir: string): Promise<Socket | undefined> {
  const dir = await realpath(dataDir);
  if (process.platform === "win32") return await connectTo(pipeOf(dir));
  const last = Math.max(0, ...(await lockNumbers(dir)));
  if (last === 0) return undefined;
  const { short, forget } = await shortName(dir);
  try {
    return await connectTo(join(short, `lock.${last}`));
  } finally {
    await forget();
  }
}

/** Refused: nobody listens any more. */
const connectTo = (path: string) =>
  new Promise<Socket | undefined>((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => resolve(socket)).once("error", () => resolve(undefined));
  });

function pipeOf(dir: string): string {
  const name = createHash("sha256").update(dir.toLowerCase()).digest("hex").slice(0, 32);
  return `\\\\.\\pipe\\taskbridge-${name}`;
}

/** Windows frees a pipe's name with its last handle, so the name itself is the lock. */
async function lockByPipe(server: Server, dir: string): Promise<DataDirLock> {
  await listen(server, pipeOf(dir)).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EADDRINUSE" ? new DataDirInUseError(dir) : error;
  });
  return { release: () => close(server) };
}

/**
 * A socket's file outlives its process, so whether the lock is held is asked by connecting. To take
 * over from the dead, nothing is removed: two that try at once might remove each other's lock.
 * Locks are numbered instead; the highest number counts, and `link` gives each number to one alone,
 * already listening. Only a holder removes files, and only lower numbers, so the highest never falls.
 */
async function lockBySocket(server: Server, dir: string): Promise<DataDirLock> {
  const { short, forget } = await shortName(dir);
  try {
    const unnamed = join(short, `lock.new-${randomBytes(4).toString("hex")}`);
    await listen(server, unnamed);
    for (;;) {
      const last = Math.max(0, ...(await lockNumbers(dir)));
      if (last > 0 && (await isHeld(join(short, `lock.${last}`)))) {
        throw new DataDirInUseError(dir);
      }
      const mine = join(dir, `lock.${last + 1}`);
      const linked = await link(join(dir, unnamed.slice(short.length + 1)), mine).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === "EEXIST") return false;
          throw error;
        },
      );
      if (!linked) continue;
      const numbers = await lockNumbers(dir);
      if (Math.max(...numbers) > last + 1) {
        // Too slow: the number was given out, used and cleaned up in the meantime.
        await rm(mine, { force: true });
        continue;
      }
      const older = numbers.filter((number) => number <= last);
      await Promise.all(older.map((number) => rm(join(dir, `lock.${number}`), { force: true })));
      await rm(join(dir, unnamed.slice(short.length + 1)), { force: true });
      return { release: () => close(server) };
    }
  } catch (error) {
    await close(server);
    throw error;
  } finally {
    await forget();
  }
}

async function lockNumbers(dir: string): Promise<number[]> {
  const names = await readdir(dir);
  return names.flatMap((name) => /^lock\.(\d+)$/.exec(name)?.[1] ?? []).map(Number);
}

/** The systems' limit on the path of a socket, by the strictest of them (macOS). */
const longestPath = 103;

/** A name of the directory that leaves room for a socket's name behind it. */
async function shortName(dir: string): Promise<{ short: string; forget: () => Promise<void> }> {
  const fits = (path: string) => Buffer.byteLength(join(path, "lock.new-12345678")) <= longestPath;
  const short = [dir, relative(process.cwd(), dir) || "."].find(fits);
  if (short) return { short, forget: async () => {} };
  const temporary = await makePrivateDir();
  await symlink(dir, join(temporary, "d"));
  return {
    short: join(temporary, "d"),
    forget: () => rm(temporary, { recursive: true, force: true }),
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => {
      server.off("error", reject);
      server.on("error", () => {});
      resolve();
    });
  });
}

const close = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
