import { rm } from "node:fs/promises";
import type { AddressInfo, ListenOptions, Server } from "node:net";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { EMBEDDED_MARK } from "./embedded-url.ts";
import { servePglite } from "./pglite-server.ts";
import { makePrivateDir } from "./private-dir.ts";

export interface PrivateServer {
  /** Where `pg` and `@prisma/adapter-pg` find it. */
  readonly url: string;
  /** Idempotent; the PGlite is closed too, so that all is on disk. */
  close(): Promise<void>;
}

/** Where nobody but this user can connect. */
export interface PrivateAddress {
  readonly listen: ListenOptions;
  /** The address of the database that listens there. */
  urlOf(port?: number): string;
  remove(): Promise<void>;
}

/** What an address leaves out, port and encryption too, PGPORT and its kind would say. */
const PLAIN = `sslmode=disable&${EMBEDDED_MARK}`;

/**
 * A socket in a directory that nobody else may enter. There is no password, so a TCP port would open the
 * data to everybody on the machine. Windows has no such sockets in Node: there it is a port of the
 * loopback interface after all.
 */
export async function privateAddress(): Promise<PrivateAddress> {
  if (process.platform === "win32") {
    return {
      listen: { host: "127.0.0.1", port: 0 },
      urlOf: (port) => `postgresql://postgres@127.0.0.1:${port}/postgres?${PLAIN}`,
      remove: async () => {},
    };
  }
  const dir = await makePrivateDir();
  return {
    listen: { path: join(dir, ".s.PGSQL.5432") },
    urlOf: () =>
      `postgresql://postgres@localhost:5432/postgres?host=${encodeURIComponent(dir)}&${PLAIN}`,
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** The port of a server that listens at one. */
export const portOf = (server: Server) => (server.address() as AddressInfo | null)?.port;

/** Serves a PGlite of this thread to this user alone. */
export async function servePrivately(pglite: PGlite): Promise<PrivateServer> {
  const address = await privateAddress();
  try {
    const served = await servePglite(pglite, address.listen);
    let closed: Promise<void> | undefined;
    const close = async () => {
      await served.close();
      await pglite.close();
      await address.remove();
    };
    return {
      url: address.urlOf(portOf(served.server)),
      close: () => {
        closed ??= close();
        return closed;
      },
    };
  } catch (error) {
    await address.remove();
    throw error;
  }
}
