import pg from "pg";
import { Prisma } from "./generated/client.ts";

/** The server's limit ends before our patience: its answer leaves the connection as good as it was. */
const SOONER_MS = 250;
const LEAST_MS = 50;

/** `statement_timeout` for an answer that is waited for so long. */
const limitFor = (waitMs: number) => `${Math.max(LEAST_MS, Math.floor(waitMs) - SOONER_MS)}ms`;

/** Has the server end by itself what takes longer than we wait, from here to the end of the transaction. */
export const limitedTo = (waitMs: number): Prisma.Sql =>
  Prisma.sql`set_config('statement_timeout', ${limitFor(waitMs)}, true)`;

/**
 * The same for as long as the connection lives, 0 for no limit, as an expression. It does nothing where a
 * pooler answers with a process that is not this connection's: whoever has that next would find it set.
 */
export const connectionLimitedTo = (client: pg.ClientBase, waitMs: number): string =>
  `CASE pg_backend_pid() WHEN ${Number(idsOf(client).processID ?? 0)}
    THEN set_config('statement_timeout', '${waitMs === 0 ? 0 : limitFor(waitMs)}', false) END`;

/** Connects to the server and leaves again within this time. */
const CANCEL_MS = 1_000;

/**
 * Asks the server, on a connection of its own, to end what it is running for this one: it would go on to
 * the end for nobody. There is no answer, and nobody waits for one. Should it come late, it must not meet
 * another's statement: the connection is not lent again.
 */
export function cancelStatement(client: pg.ClientBase): void {
  const { host, port, processID, secretKey } = idsOf(client);
  idsOf(client).spent = true;
  if (!processID) return;
  const connection = new pg.Connection({}) as unknown as CancelConnection;
  const { stream } = connection;
  connection.on("error", () => {});
  connection.on("connect", () => connection.cancel(processID, secretKey));
  stream.setTimeout(CANCEL_MS, () => stream.destroy());
  if (host.startsWith("/")) connection.connect(`${host}/.s.PGSQL.${port}`);
  else connection.connect(port, host);
  stream.unref();
}

/** What pg has and its types leave out. */
interface Ids {
  host: string;
  port: number;
  processID: number | null;
  secretKey: number;
  /** Our own client's: see `ServerClient`. */
  spent?: boolean;
}
const idsOf = (client: pg.ClientBase) => client as unknown as Ids;

interface CancelConnection extends NodeJS.EventEmitter {
  stream: import("node:net").Socket;
  connect(port: number | string, host?: string): void;
  cancel(processID: number, secretKey: number): void;
}
