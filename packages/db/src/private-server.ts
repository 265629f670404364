import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { servePglite } from "./pglite-server.ts";

export interface PrivateServer {
  /** Where `pg` and `@prisma/adapter-pg` find it. */
  readonly url: string;
  /** Idempotent; the PGlite is closed too, so that all is on disk. */
  close(): Promise<void>;
}

/**
 * Serves a PGlite to this user alone, through a socket in a directory that nobody else may enter.
 * There is no password, so a TCP port would open the data to everybody on the machine. Windows has
 * no such sockets in Node: there it is a port of the loopback interface after all.
 */
export async function servePrivately(pglite: PGlite): Promise<PrivateServer> {
  const windows = process.platform === "win32";
  // mkdtemp makes it 0700.
  const dir = windows ? undefined : await mkdtemp(join(tmpdir(), "taskbridge-"));
  const remove = async () => {
    if (dir) await rm(dir, { recursive: true, force: true });
  };
  try {
    const served = await servePglite(
      pglite,
      dir ? { path: join(dir, ".s.PGSQL.5432") } : { host: "127.0.0.1", port: 0 },
    );
    const url = dir
      ? `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(dir)}`
      : `postgresql://postgres@127.0.0.1:${(served.server.address() as AddressInfo).port}/postgres`;
    let closed: Promise<void> | undefined;
    const close = async () => {
      await served.close();
      await pglite.close();
      await remove();
    };
    return {
      url,
      close: () => {
        closed ??= close();
        return closed;
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
