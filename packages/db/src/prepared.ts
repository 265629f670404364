import { createHash } from "node:crypto";
import pg from "pg";
import type { RowReader } from "./rows.ts";

/** How many statements a connection knows at a time: far more than a program has that are often run. */
const MOST = 200;

/** A statement that the server has parsed for this connection. */
interface Prepared {
  name: string;
  /** How its rows are read; undefined where it has none. */
  reader: RowReader | undefined;
}

/**
 * The statements that one connection knows by name, so that the server need not parse, analyse and
 * rewrite them again. A name tells its text: should anything between us and the server hand us another
 * client's statement of that name, it is the same statement.
 */
export class PreparedStatements {
  readonly #byText = new Map<string, Prepared>();
  #unneeded: string[] = [];

  find(text: string): Prepared | undefined {
    return this.#byText.get(text);
  }

  /** To be called when a statement has run: what the server skipped or refused is not prepared. */
  add(text: string, reader: RowReader | undefined): void {
    this.#byText.set(text, { name: nameOf(text), reader });
    if (this.#byText.size <= MOST) return;
    const [[oldest, { name }]] = this.#byText as unknown as [[string, Prepared]];
    this.#byText.delete(oldest);
    this.#unneeded.push(name);
  }

  /** The names that the next packet should close, before anything in it can fail. */
  takeUnneeded(): string[] {
    const names = this.#unneeded;
    this.#unneeded = [];
    return names;
  }

  forget(): void {
    this.#unneeded.push(...Array.from(this.#byText.values(), ({ name }) => name));
    this.#byText.clear();
  }
}

export const nameOf = (text: string) =>
  `tb_${createHash("sha256").update(text).digest("base64url").slice(0, 22)}`;

const known = new WeakMap<pg.ClientBase, PreparedStatements>();

/**
 * Lets statements be prepared on a connection, if it is PostgreSQL's own: the process that answers is
 * the one that greeted it. A pooler greets with a number of its own and has other processes answer.
 */
export function allowNames(client: pg.ClientBase, answeredBy: number): void {
  const { processID } = client as unknown as { processID: number | null };
  if (processID === answeredBy) known.set(client, new PreparedStatements());
}

export const preparedOn = (client: pg.ClientBase): PreparedStatements | undefined =>
  known.get(client);

/**
 * Whether a packet failed for its names alone; then they are not used again as they are. The result of a
 * statement may have got other columns since it was prepared (0A000), which is the end of what is known.
 * A name that the server does not know (26000), or knows already (42P05), is none of this connection's:
 * something else uses it as well, and it gets no names any more.
 */
export function failedByName(client: pg.ClientBase, error: Error): boolean {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  if (code === "0A000") known.get(client)?.forget();
  else if (code === "26000" || code === "42P05") known.delete(client);
  else return false;
  return true;
}
