import { PrismaPg } from "@prisma/adapter-pg";
import type { ClientBase } from "pg";
import { PrismaClient } from "./generated/client.ts";

export interface DbOptions {
  /** The most connections held open at a time. */
  poolSize?: number;
  /** How long to wait for a connection before a query fails, in milliseconds. */
  connectTimeoutMs?: number;
  /** Told of errors on idle connections (a server that restarts). The pool replaces them by itself. */
  onPoolError?: (error: Error) => void;
}

/** A Prisma client: connects at the first query; `$disconnect()` closes its connections. */
export type Db = PrismaClient;

/** Makes a client for a `postgresql://` address, a server's or an embedded database's. */
export function createDb(url: string, options: DbOptions = {}): Db {
  const { poolSize = 10, connectTimeoutMs = 5_000, onPoolError } = options;
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: connectTimeoutMs,
      onConnect: useUtc,
    },
    { onPoolError },
  );
  // The longer forms quote a query's arguments and our source.
  return new PrismaClient({ adapter, errorFormat: "minimal" });
}

/**
 * The adapter writes instants without an offset and reads them without looking at it: in any other
 * time zone or style, which a server or a role may have as its default, it would shift them.
 */
async function useUtc(client: ClientBase): Promise<void> {
  await client.query("SET TIME ZONE 'UTC'; SET datestyle TO 'ISO, YMD'");
}
