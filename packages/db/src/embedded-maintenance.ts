import { statfs } from "node:fs/promises";
import type { ListenOptions } from "node:net";
import { dirname } from "node:path";
import pg from "pg";

/** How often the database's log and disk are looked at. */
const EVERY_MS = 500;
const MB = 1024 * 1024;
/** PGlite makes no checkpoint by itself: its log would grow until it is closed, and be read after a kill. */
const CHECKPOINT_BYTES = 32 * MB;
/** The log grows by files of this size. */
const SEGMENT_BYTES = 16 * MB;
/** What the log's files must still hold where there is no room for another one. */
const LOG_RESERVE_BYTES = 8 * MB;
/** What must be free for the rest. */
const DATA_RESERVE_BYTES = 4 * MB;
/** So much more is wanted before writes are taken again. */
const MARGIN_BYTES = MB;

/** How much was written since the last checkpoint, and how much fits into the log's files as they are. */
const LOG = `
  SELECT pg_wal_lsn_diff(lsn, redo_lsn)::float8 AS written,
    ${SEGMENT_BYTES} - (pg_walfile_name_offset(lsn)).file_offset + ${SEGMENT_BYTES}::float8 *
      (SELECT count(*) FROM pg_ls_waldir() WHERE name > pg_walfile_name(lsn) AND name ~ '^[0-9A-F]{24}$') AS ahead
  FROM pg_control_checkpoint(), pg_current_wal_insert_lsn() AS lsn`;

/** Settings of the database for this: fewer files of the log are kept than it would by itself. */
export const maintenanceParams = ["-c", "max_wal_size=64MB", "-c", "min_wal_size=32MB"];

/**
 * Does for an embedded database what a server's background processes do: makes checkpoints. And makes it
 * read-only before its disk is full, while a write that finds no room would end it: reads go on. Tells
 * `onFull` when that begins and ends. Returns what ends it.
 */
export async function maintain(
  dataDir: string,
  listen: ListenOptions,
  onFull: (full: boolean) => void,
): Promise<() => void> {
  // As every other client: it waits for its turn, and for the end of others' transactions.
  const client = new pg.Client({
    host: listen.path ? dirname(listen.path) : listen.host,
    port: listen.path ? 5432 : listen.port,
    user: "postgres",
    database: "postgres",
    // Or PGSSLMODE would say.
    ssl: false,
  });
  client.on("error", () => {});
  await client.connect();
  let full = false;

  async function look(): Promise<void> {
    const { rows } = await client.query<{ written: number; ahead: number }>(LOG);
    const { written = 0, ahead = 0 } = rows[0] ?? {};
    const { bavail, bsize } = await statfs(dataDir);
    const isFull = lacksRoom(bavail * bsize, ahead, full ? MARGIN_BYTES : 0);
    if (written > (isFull ? MARGIN_BYTES : CHECKPOINT_BYTES)) {
      await client.query("CHECKPOINT");
      // It makes room in the log, too.
      return await look();
    }
    if (isFull === full) return;
    // There is one session for all clients: this is everybody's.
    await client.query(`SET default_transaction_read_only = ${isFull}`);
    full = isFull;
    onFull(full);
  }

  let timer: NodeJS.Timeout;
  const again = () => {
    timer = setTimeout(
      () =>
        look()
          .catch(() => {})
          .finally(again),
      EVERY_MS,
    ).unref();
  };
  await look().catch(() => {});
  again();
  return () => clearTimeout(timer);
}

/** Whether the next writes might find no room: the database ends where its log cannot go on. */
function lacksRoom(free: number, ahead: number, margin: number): boolean {
  if (free < DATA_RESERVE_BYTES + margin) return true;
  return ahead < LOG_RESERVE_BYTES + margin && free < SEGMENT_BYTES + DATA_RESERVE_BYTES + margin;
}

/** Whether a disk has so little room that it may be why a database on it cannot be opened. */
export async function isDiskFull(dataDir: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(dataDir);
  return lacksRoom(bavail * bsize, 0, 0);
}
