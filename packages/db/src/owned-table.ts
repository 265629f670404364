import { Prisma } from "./generated/client.ts";

/** A table whose rows each belong to a user, named by its column `userId`. */
export interface OwnedTable<Row extends object> {
  readonly name: string;
  /** The columns that may be read, each with its SQL type. The owner is not among them. */
  readonly columns: { readonly [C in keyof Row]-?: string };
  /** Columns that a new row cannot be given. */
  readonly later: readonly (keyof Row)[];
  /** Which of a user's rows this is about. */
  readonly state: Prisma.Sql;
}

/** A row of Prisma's as scopes read and write it: days and instants are texts (RFC 3339, in UTC). */
export type RowOf<Payload> = {
  [C in keyof Payload]: Payload[C] extends Date | null
    ? string | Extract<Payload[C], null>
    : Payload[C];
};

interface Options<Row> {
  later?: readonly (keyof Row)[];
  state?: Prisma.Sql;
}

const identifier = /^[A-Za-z][A-Za-z0-9_]*$/;

/**
 * Declares a table with an owner, for `scope.rows`. It needs a column `id` that no two rows share and
 * a column `userId`, and names neither the owner nor anything that is not a column. Throws a TypeError if so.
 */
export function ownedTable<Row extends { id: string }>(
  name: string,
  columns: OwnedTable<Row>["columns"],
  { later = [], state = Prisma.sql`TRUE` }: Options<Row> = {},
): OwnedTable<Row> {
  for (const column of [name, ...Object.keys(columns)]) {
    if (!identifier.test(column)) throw new TypeError(`"${column}" cannot be a name in SQL.`);
  }
  if ("userId" in columns) throw new TypeError("The owner's column is the scope's affair.");
  return Object.freeze({ name, columns: Object.freeze({ ...columns }), later, state });
}
