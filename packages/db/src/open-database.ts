import { setTimeout } from "node:timers/promises";
import { sqlStateOf } from "./driver-error.ts";
import { readServerAddress } from "./server-address.ts";
import { ServerAddressError } from "./server-address-error.ts";
import { clientOf, type ServerClient } from "./server-client.ts";
import { DatabaseUnreachableError, explain, ReadOnlyError } from "./unreachable.ts";

export interface OpenedDatabase {
  readonly url: string;
  readonly kind: "server" | "embedded";
  /** Stops an embedded database; to a server there is nothing to do. Idempotent. */
  close(): Promise<void>;
}

/**
 * Opens the server at `url`, or without one an embedded database with its data in `dataDir`.
 *
 * Throws `DatabaseUnreachableError` if the server does not let us in within `timeoutMs` (5 s), or writes
 * nothing, and `DataDirInUseError` if another process has the data directory open. One that says that it
 * is starting up is waited for, `startingUpMs` (60 s) at most.
 */
export async function openDatabase(options: {
  url?: string | undefined;
  /** How requests log in to the server, where that is another way: it is tried too. */
  requestUrl?: string | undefined;
  dataDir: string;
  timeoutMs?: number;
  startingUpMs?: number;
  /** Told once, where a server has to be waited for, what it says. */
  onWaiting?: (why: string) => void;
  /** Told when an embedded database ended by itself and is opened again. */
  onRestart?: ((reason: string) => void) | undefined;
  /** Told when an embedded database's disk is full, and when there is room again. */
  onFull?: ((full: boolean) => void) | undefined;
}): Promise<OpenedDatabase> {
  const { url, requestUrl, dataDir, timeoutMs = 5_000, startingUpMs = 60_000 } = options;
  const { onWaiting, onRestart, onFull } = options;
  if (url) {
    await checkServer(url, { timeoutMs, startingUpMs, onWaiting });
    if (requestUrl) await checkServer(requestUrl, { timeoutMs, startingUpMs, onWaiting });
    return { url, kind: "server", close: async () => {} };
  }
  // Only here: who has a server need not load another one.
  const { startEmbedded } = await import("./embedded.ts");
  const { url: embeddedUrl, close } = await startEmbedded({ dataDir, onRestart, onFull });
  return { url: embeddedUrl, kind: "embedded", close };
}

/** Whether a server is starting up or recovering: it says so itself, and will be done some time. */
const isStartingUp = (error: unknown) => sqlStateOf(error) === "57P03";
const ASK_AGAIN_MS = 500;

interface Patience {
  timeoutMs: number;
  startingUpMs: number;
  onWaiting?: ((why: string) => void) | undefined;
}

async function checkServer(url: string, patience: Patience): Promise<void> {
  const { timeoutMs, startingUpMs } = patience;
  let { onWaiting } = patience;
  const until = performance.now() + startingUpMs;
  for (;;) {
    const client = clientFor(url, timeoutMs);
    try {
      await client.connect();
      const { rows } = await client.query(
        `SELECT current_setting('transaction_read_only') = 'on' AS "readOnly"`,
      );
      if (rows[0]?.readOnly) throw new ReadOnlyError();
      return;
    } catch (error) {
      const failure = explain(error as NodeJS.ErrnoException, client, timeoutMs);
      if (!isStartingUp(error) || performance.now() >= until) throw failure;
      onWaiting?.((error as Error).message);
      onWaiting = undefined;
    } finally {
      // Not waited for: it may never come.
      void client.end().catch(() => {});
    }
    await setTimeout(ASK_AGAIN_MS);
  }
}

function clientFor(url: string, timeoutMs: number): ServerClient {
  try {
    return clientOf(url, { connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs });
  } catch (error) {
    // Of any other error we do not know whether it has the address in it, password included.
    const why = error instanceof ServerAddressError ? `: ${error.message}` : "";
    throw new DatabaseUnreachableError(
      "invalid_url",
      `The database address is not a PostgreSQL one${why}. It looks like postgresql://USER:PASSWORD@HOST:5432/DATABASE, with special characters in the password percent-encoded.`,
    );
  }
}

/** What must never be printed of an address: the password in it, or nothing. */
export function passwordOf(url: string): string {
  try {
    return String(readServerAddress(url).settings.password ?? "");
  } catch {
    return "";
  }
}
