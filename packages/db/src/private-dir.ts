import { lstat, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isHeld } from "./socket-holder.ts";

const PREFIX = "taskbridge-";
/** `mkdtemp` adds six characters; the tests' folders have longer names. */
const NAME = /^taskbridge-[A-Za-z0-9]{6}$/;
/** One that is empty may be about to get its socket. */
const EMPTY_FOR_MS = 60_000;

/**
 * Makes a folder for sockets in the system's temporary one, which only this user may enter (0700), and
 * removes those of former processes, which a `kill -9` leaves behind.
 */
export async function makePrivateDir(): Promise<string> {
  await removeStaleDirs().catch(() => {});
  return await mkdtemp(join(tmpdir(), PREFIX));
}

async function removeStaleDirs(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => NAME.test(name));
  await Promise.all(
    names.map(async (name) => {
      const dir = join(tmpdir(), name);
      if (await isStale(dir)) await rm(dir, { recursive: true, force: true });
    }),
  );
}

/** Whether it is this user's, and none of its sockets has a process behind it. */
async function isStale(dir: string): Promise<boolean> {
  const { uid, mtimeMs } = await lstat(dir);
  if (uid !== process.getuid?.()) return false;
  const names = await readdir(dir);
  if (names.length === 0) return Date.now() - mtimeMs > EMPTY_FOR_MS;
  const needed = await Promise.all(names.map((name) => isNeeded(join(dir, name))));
  return !needed.includes(true);
}

async function isNeeded(path: string): Promise<boolean> {
  const entry = await stat(path).catch(() => undefined);
  // What is no socket is a link to a data directory with a long name, which is needed for a moment.
  if (!entry?.isSocket()) return Date.now() - (await lstat(path)).mtimeMs < EMPTY_FOR_MS;
  return await isHeld(path);
}
