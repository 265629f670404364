import pg from "pg";

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
 * Throws `DatabaseUnreachableError` if the server does not let us in within `timeoutMs` (5 s), and
 * `DataDirInUseError` if another process has the data directory open.
 */
export async function openDatabase(options: {
  url?: string | undefined;
  dataDir: string;
  timeoutMs?: number;
  /** Told when an embedded database ended by itself and is opened again. */
  onRestart?: ((reason: string) => void) | undefined;
  /** Told when an embedded database's disk is full, and when there is room again. */
  onFull?: ((full: boolean) => void) | undefined;
}): Promise<OpenedDatabase> {
  const { url, dataDir, timeoutMs = 5_000, onRestart, onFull } = options;
  if (url) {
    await checkServer(url, timeoutMs);
    return { url, kind: "server", close: async () => {} };
  }
  // Only here: who has a server need not load another one.
  const { startEmbedded } = await import("./embedded.ts");
  const { url: embeddedUrl, close } = await startEmbedded({ dataDir, onRestart, onFull });
  return { url: embeddedUrl, kind: "embedded", close };
}

async function checkServer(url: string, timeoutMs: number): Promise<void> {
  const client = clientFor(url, timeoutMs);
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, client, timeoutMs);
  } finally {
    await client.end().catch(() => {});
  }
}

function clientFor(url: string, timeoutMs: number): pg.Client {
  try {
    if (!/^postgres(ql)?:$/.test(new URL(url).protocol)) throw new Error("Another protocol.");
    return new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
    });
  } catch {
    // Whatever went wrong has the whole address, password included, in it.
    throw new DatabaseUnreachableError(
      "invalid_url",
      "The database address is not a PostgreSQL one: it looks like postgresql://USER:PASSWORD@HOST:5432/DATABASE, with special characters in the password percent-encoded.",
    );
  }
}

function explain(error: NodeJS.ErrnoException, client: pg.Client, timeoutMs: number) {
  const { host, port, database, user, password } = client;
  const where = `the database ${database} at ${host}, port ${port}`;
  const because = (reason: UnreachableReason, why: string) =>
    new DatabaseUnreachableError(reason, `Cannot use ${where}: ${why}`);

  switch (error.code) {
    case "ECONNREFUSED":
    case "ENOENT":
      return because("refused", "nothing listens there. Is the server running?");
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return because("unknown_host", "there is no host of that name.");
    case "28P01":
    case "28000":
      return because("authentication", `it does not let ${user} in with this password.`);
    case "3D000":
      return because("no_database", "the server has no database of that name.");
  }
  if (/timeout/i.test(error.message) || ["ETIMEDOUT", "EHOSTUNREACH"].includes(error.code ?? "")) {
    return because("timeout", `no answer within ${timeoutMs / 1000} seconds.`);
  }
  if (/password must be a/.test(error.message)) {
    return because(
      "authentication",
      `it asks for a password of ${user}, and the address has none.`,
    );
  }
  const message = password ? error.message.replaceAll(String(password), "…") : error.message;
  return because("other", message);
}
