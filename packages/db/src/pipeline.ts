import pg, { type Connection, type Submittable } from "pg";
import { bindable } from "./bindable.ts";
import type { Prisma } from "./generated/client.ts";
import { Packet } from "./packet.ts";
import { failedByName, nameOf, type PreparedStatements, preparedOn } from "./prepared.ts";
import { type RowReader, rowReader } from "./rows.ts";
import { cancelStatement } from "./statement-limit.ts";
import { endsSession } from "./unavailable.ts";

/** Its text has $1, $2 … in the places of its values. */
export type Statement = Pick<Prisma.Sql, "text" | "values">;

export interface StatementResult {
  /** For all who asked for it. */
  rows: unknown[];
  /** How many rows it returned or wrote. */
  count: number;
  /** What PostgreSQL says it did: SELECT, COMMIT … */
  command: string | null;
}

/** What pg calls on the query that is being answered, as its own queries and pg-cursor have it. */
interface Answered extends Submittable {
  handleRowDescription(message: { fields: pg.FieldDef[] }): void;
  handleDataRow(message: { fields: (string | null)[] }): void;
  handleCommandComplete(message: { text: string }): void;
  handleEmptyQuery(): void;
  handleCopyInResponse(connection: CopyingConnection): void;
  handleCopyData(): void;
  handleError(error: Error): void;
  handleReadyForQuery(): void;
}

/** What pg has and its types leave out. */
interface CopyingConnection {
  sendCopyFail(reason: string): void;
  sync(): void;
}

interface Options {
  /**
   * They are a transaction by themselves, of which nothing is left if one fails. Only then may they be
   * prepared on the connection: where that turns out to be void, they are sent once more without.
   */
  whole?: boolean;
}

/**
 * Sends statements all at once and waits once: one packet there, one back. PostgreSQL runs what comes
 * before a Sync as one transaction, unless a BEGIN is open or among them, and skips the rest when one
 * fails (its documentation, "Extended Query" and "Pipelining"). Where the connection may be another one
 * the next time, nothing is prepared under a name (`allowNames`).
 *
 * Rejects with pg's `DatabaseError` where a statement fails. Any other error, that of a server which
 * says nothing for `timeoutMs` among them, leaves the connection in the middle of something: it must
 * not be used again.
 */
export function pipeline(
  client: pg.ClientBase,
  statements: readonly Statement[],
  timeoutMs: number,
  { whole = false }: Options = {},
): Promise<StatementResult[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      cancelStatement(client);
      reject(new Error("Query read timeout"));
    }, timeoutMs);
    const send = (prepared: PreparedStatements | undefined) => {
      client.query(
        new Pipeline(statements, prepared, (error, results) => {
          if (error && prepared && failedByName(client, error)) return send(undefined);
          clearTimeout(timer);
          if (error) reject(error);
          else resolve(results);
        }),
      );
    };
    send(whole ? preparedOn(client) : undefined);
  });
}

type Done = (error: Error | undefined, results: StatementResult[]) => void;

/** A statement on its way: what is known of it before, and what has come back. */
interface Step {
  readonly text: string;
  readonly known: boolean;
  reader: RowReader | undefined;
  rows: unknown[];
}

class Pipeline implements Answered {
  readonly #packet: Buffer;
  readonly #steps: Step[];
  readonly #prepared: PreparedStatements | undefined;
  readonly #done: Done;
  readonly #results: StatementResult[] = [];
  #unreadable: Error | undefined;

  constructor(
    statements: readonly Statement[],
    prepared: PreparedStatements | undefined,
    done: Done,
  ) {
    const packet = new Packet();
    for (const name of prepared?.takeUnneeded() ?? []) packet.close(name);
    this.#steps = statements.map((statement) => stepOf(packet, statement, prepared));
    packet.sync();
    this.#packet = packet.bytes();
    this.#prepared = prepared;
    this.#done = done;
  }

  submit(connection: Connection): void {
    if (connection.stream.writable) connection.stream.write(this.#packet);
  }

  handleRowDescription({ fields }: { fields: pg.FieldDef[] }): void {
    this.#step.reader = rowReader(fields);
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { reader, rows } = this.#step;
    try {
      rows.push(reader?.(fields));
    } catch (error) {
      // Thrown from here it would end the process; the connection is all right.
      this.#unreadable ??= error as Error;
    }
  }

  handleCommandComplete({ text: tag }: { text: string }): void {
    const { text, known, reader, rows } = this.#step;
    if (!known) this.#prepared?.add(text, reader);
    const [, command = null, count] = /^([A-Z]+).*?(\d+)?$/.exec(tag) ?? [];
    this.#results.push({ rows, count: Number(count ?? 0), command });
  }

  handleEmptyQuery(): void {
    this.#results.push({ rows: [], count: 0, command: null });
  }

  /** No statement of ours copies. One that does must not end the process, as a method that is missing would. */
  handleCopyInResponse(connection: CopyingConnection): void {
    connection.sendCopyFail("There is nothing to copy.");
    // The one in the packet was passed over.
    connection.sync();
  }

  handleCopyData(): void {}

  handleError(error: Error): void {
    this.#done(error, []);
  }

  handleReadyForQuery(): void {
    this.#done(this.#unreadable, this.#results);
  }

  /** The one that is being answered. */
  get #step(): Step {
    const step = this.#steps[this.#results.length];
    if (!step) throw new Error("There are more answers than statements.");
    return step;
  }
}

/** Writes the messages of a statement; one that is prepared needs no more than its parameters. */
function stepOf(
  packet: Packet,
  { text, values }: Statement,
  prepared: PreparedStatements | undefined,
): Step {
  const known = prepared?.find(text);
  const name = known?.name ?? (prepared ? nameOf(text) : "");
  if (!known) {
    // An attempt that failed after it was parsed may have left it there.
    if (name) packet.close(name);
    packet.parse(name, text);
  }
  packet.bind(name, values.map(bindable));
  if (!known) packet.describe();
  packet.execute();
  return { text, known: known !== undefined, reader: known?.reader, rows: [] };
}

/** Whether the server refused a statement and goes on as before. */
export const leavesUsable = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && !endsSession(error.code);
