import pg, { type Connection, type Submittable } from "pg";
import { bindable } from "./bindable.ts";
import type { Prisma } from "./generated/client.ts";
import { Packet } from "./packet.ts";

export interface StatementResult {
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
  handleError(error: Error): void;
  handleReadyForQuery(): void;
}

/** pg's collector of rows, whose methods its types leave out. */
type Collector = StatementResult & {
  rowCount: number | null;
  addFields(fields: pg.FieldDef[]): void;
  parseRow(fields: (string | null)[]): unknown;
  addCommandComplete(message: { text: string }): void;
};

/**
 * Sends statements all at once and waits once: one packet there, one back. PostgreSQL runs what comes
 * before a Sync as one transaction, unless a BEGIN is open or among them, and skips the rest when one
 * fails (its documentation, "Extended Query" and "Pipelining"). Nothing is prepared under a name, so
 * that the connection may be another one the next time.
 *
 * Rejects with pg's `DatabaseError` where a statement fails. Any other error, that of a server which
 * says nothing for `timeoutMs` among them, leaves the connection in the middle of something: it must
 * not be used again.
 */
export function pipeline(
  client: pg.ClientBase,
  statements: readonly Prisma.Sql[],
  timeoutMs: number,
): Promise<StatementResult[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("Query read timeout")), timeoutMs);
    client.query(
      new Pipeline(statements, (error, results) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve(results);
      }),
    );
  });
}

type Done = (error: Error | undefined, results: StatementResult[]) => void;

class Pipeline implements Answered {
  readonly #packet: Buffer;
  readonly #done: Done;
  readonly #results: StatementResult[] = [];
  #collector = collector();
  #unreadable: Error | undefined;

  constructor(statements: readonly Prisma.Sql[], done: Done) {
    this.#packet = packetOf(statements);
    this.#done = done;
  }

  submit(connection: Connection): void {
    if (connection.stream.writable) connection.stream.write(this.#packet);
  }

  handleRowDescription({ fields }: { fields: pg.FieldDef[] }): void {
    this.#collector.addFields(fields);
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    try {
      this.#collector.rows.push(this.#collector.parseRow(fields));
    } catch (error) {
      // Thrown from here it would end the process; the connection is all right.
      this.#unreadable ??= error as Error;
    }
  }

  handleCommandComplete(message: { text: string }): void {
    this.#collector.addCommandComplete(message);
    const { rows, rowCount, command } = this.#collector;
    this.#results.push({ rows, count: rowCount ?? 0, command });
    this.#collector = collector();
  }

  handleEmptyQuery(): void {
    this.#results.push({ rows: [], count: 0, command: null });
  }

  handleError(error: Error): void {
    this.#done(error, []);
  }

  handleReadyForQuery(): void {
    this.#done(this.#unreadable, this.#results);
  }
}

function packetOf(statements: readonly Prisma.Sql[]): Buffer {
  const packet = new Packet();
  for (const { text, values } of statements) {
    packet.parse("", text);
    packet.bind("", values.map(bindable));
    packet.describe();
    packet.execute();
  }
  packet.sync();
  return packet.bytes();
}

/** Days as midnight in UTC, which is how the rest of the code has them; all else as pg reads it. */
const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === pg.types.builtins.DATE
      ? (text: string) => new Date(`${text}T00:00:00.000Z`)
      : pg.types.getTypeParser(oid, format as "text"),
};

const collector = () => new pg.Result("", types as never) as unknown as Collector;

/** Whether the server refused a statement and goes on: it does after all but a few errors (57P, 08). */
export const leavesUsable = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && !/^(57P|08)/.test(error.code ?? "08");
