import { setTimeout } from "node:timers/promises";
import { sqlStateOf } from "./driver-error.ts";
import { readServerAddress, ServerAddressError } from "./server-address.ts";
import { clientOf, type ServerClient, WrongServerError } from "./server-client.ts";
import { isUnavailable } from "./unavailable.ts";

export interface OpenedDatabase {
  readonly url: string;
  readonly kind: "server" | "embedded";
  /** Stops an embedded database; to a server there is nothing to do. Idempotent. */
  close(): Promise<void>;
}

/** Why a server cannot be used. */
export type UnreachableReason =
  | "invalid_url"
  | "refused"
  | "unknown_host"
  | "timeout"
  | "authentication"
  | "no_database"
  | "starting_up"
  | "read_only"
  | "other";

/** A server that cannot be used. Its message says where and why, and never the password. */
export class DatabaseUnreachableError extends Error {
  override readonly name = "DatabaseUnreachableError";
  readonly reason: UnreachableReason;

  constructor(reason: UnreachableReason, message: string) {
    super(message);
    this.reason = reason;
  }
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
  dataDir: string;
  timeoutMs?: number;
  startingUpMs?: number;
  /** Told once, where a server has to be waited for, what it says. */
  onWaiting?: (why: string) => void;
}): Promise<OpenedDatabase> {
  const { url, dataDir, timeoutMs = 5_000, startingUpMs = 60_000, onWaiting } = options;
  if (url) {
    await checkServer(url, { timeoutMs, startingUpMs, onWaiting });
    return { url, kind: "server", close: async () => {} };
  }
  // Only here: who has a server need not load another one.
  const { startEmbedded } = await import("./embedded.ts");
  const { url: embeddedUrl, close } = await startEmbedded({ dataDir });
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

class ReadOnlyError extends Error {}

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

function explain(error: NodeJS.ErrnoException, client: ServerClient, timeoutMs: number) {
  const { database, user, password } = client;
  const where = `the database ${database} at ${client.places.join(" or ")}`;
  const words = password ? error.message.replaceAll(String(password), "…") : error.message;
  const because = (reason: UnreachableReason, why: string) =>
    new DatabaseUnreachableError(reason, `Cannot use ${where}: ${why}`);

  if (error instanceof ReadOnlyError || error instanceof WrongServerError) {
    const why = error instanceof ReadOnlyError ? "it is read-only" : words;
    return because(
      "read_only",
      `${why}. Name the primary, or all hosts with target_session_attrs=read-write.`,
    );
  }
  switch (error.code) {
    case "ECONNREFUSED":
    case "ENOENT":
      return because("refused", "nothing listens there. Is the server running?");
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return because("unknown_host", "there is no host of that name.");
    case "28P01":
      return because("authentication", `it does not let ${user} in with this password.`);
    case "28000":
      return because("authentication", `it does not let ${user} in (${words}).`);
    case "3D000":
      return because("no_database", "the server has no database of that name.");
    case "57P03":
      return because("starting_up", `it is not ready yet (${words}). Start again in a while.`);
  }
  if (
    /time.?out/i.test(error.message) ||
    ["ETIMEDOUT", "EHOSTUNREACH"].includes(error.code ?? "")
  ) {
    return because("timeout", `no answer within ${timeoutMs / 1000} seconds.`);
  }
  if (/password must be a/.test(error.message)) {
    return because(
      "authentication",
      `it asks for a password of ${user}, and the address has none.`,
    );
  }
  if (/certificate|CERT/.test(`${error.code} ${error.message}`)) {
    return because(
      "other",
      `its certificate does not prove who it is (${words}). Give its authority's file as sslrootcert, or sslmode=require for encryption without proof.`,
    );
  }
  return because("other", words);
}

/**
 * A start's failure, once the server had let us in: one sentence for a database that went away or answers
 * too slowly, and any other error as it is.
 */
export const explainStart = (error: unknown): unknown =>
  isUnavailable(error)
    ? new DatabaseUnreachableError(
        sqlStateOf(error) === "25006" ? "read_only" : "other",
        `The database let us in and then failed us: ${withoutEnd((error as Error).message)}. Is it overloaded, locked by something else, or going down?`,
      )
    : error;

const withoutEnd = (sentence: string) => sentence.trim().replace(/\.$/, "");

/** What must never be printed of an address: the password in it, or nothing. */
export function passwordOf(url: string): string {
  try {
    return String(readServerAddress(url).settings.password ?? "");
  } catch {
    return "";
  }
}
