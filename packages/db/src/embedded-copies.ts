import { access, mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { DataDirError } from "./data-dir.ts";
import { connectToHolder, lockDataDir } from "./data-dir-lock.ts";
import { startEmbedded } from "./embedded.ts";
import { createPglite } from "./pglite.ts";
import { askForCopy } from "./serve-copies.ts";

const gunzip = promisify(zlib.gunzip);

/**
 * Copies the embedded database in `dataDir` into one file (a gzip'd tar), whether or not a process has it
 * open: everything that was acknowledged before the call is in it. Throws `DataDirError`.
 */
export async function backUpEmbedded(dataDir: string, file: string): Promise<void> {
  const dir = resolve(dataDir);
  const target = resolve(file);
  await access(join(dir, "postgres")).catch(() => {
    throw new DataDirError(`There is no embedded database in ${dir}.`);
  });
  if (await exists(target)) throw new DataDirError(`${target} is there already.`);
  const running = await connectToHolder(dir);
  if (running) return await askForCopy(running, target);
  const opened = await startEmbedded({ dataDir: dir });
  try {
    const holder = await connectToHolder(dir);
    if (!holder) throw new DataDirError(`The database in ${dir} could not be asked for a copy.`);
    await askForCopy(holder, target);
  } finally {
    await opened.close();
  }
}

/**
 * Puts a copy in the place of the embedded database in `dataDir`, and returns the folder in which the
 * former one is kept; undefined where there was none. The copy is opened first: one that cannot be changes
 * nothing. Throws `DataDirInUseError` while a process has the directory open, else `DataDirError`.
 */
export async function restoreEmbedded(dataDir: string, file: string): Promise<string | undefined> {
  const dir = resolve(dataDir);
  const copy = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new DataDirError(`${resolve(file)} cannot be read (${error.code}).`);
  });
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const lock = await lockDataDir(dir);
  const unfinished = join(dir, "postgres.unfinished");
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    // Unpacked here: PGlite would have nobody hear of a copy that is cut off.
    const opened = gunzip(copy).then((tar) => open(unfinished, new Blob([tar])));
    await opened.catch(() => {
      throw new DataDirError(`${resolve(file)} is no whole copy of a Taskbridge database.`);
    });
    const cluster = join(dir, "postgres");
    const kept = join(dir, `postgres.before-${new Date().toISOString().replace(/\D/g, "")}`);
    const replaced = await exists(cluster);
    if (replaced) await rename(cluster, kept);
    await rename(unfinished, cluster);
    return replaced ? kept : undefined;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    await lock.release();
  }
}

/** Has PostgreSQL recover the copy, and looks whether it is one of ours. */
async function open(dataDir: string, loadDataDir: Blob): Promise<void> {
  const pglite = await createPglite({ dataDir, loadDataDir });
  try {
    await pglite.query(`SELECT count(*) FROM "_prisma_migrations"`);
  } finally {
    await pglite.close();
  }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
