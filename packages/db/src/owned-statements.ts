import { Prisma } from "./generated/client.ts";
import type { OwnedTable } from "./owned-table.ts";
import { ownerIs } from "./owner.ts";

const { sql, join, raw, empty } = Prisma;
type Sql = Prisma.Sql;

/** Whose rows a statement is about, and of which table. */
export interface Owned {
  readonly userId: string;
  readonly table: OwnedTable<Record<string, unknown>>;
}

export interface Find {
  columns: readonly string[];
  where?: Sql;
  orderBy?: Sql;
  limit?: number;
  /**
   * Looks at no more than the first so many rows, in this order or one of their own, that meet a condition of
   * their own.
   */
  within?: { where?: Sql; limit: number; orderBy?: Sql };
  /** Reads no row behind those whose texts in this column have so many bytes together: fewer than the limit, then. */
  bytes?: { column: string; atMost: number };
}

export interface Update {
  where: Sql;
  set: Readonly<Record<string, Sql | undefined>>;
  /** The condition names an id, so that there is one row at most. */
  one?: boolean;
}

const always = sql`TRUE`;
const nameOf = ({ name }: Owned["table"]) => raw(`"${name}"`);
const isOwn = ({ userId, table }: Owned) => sql`${ownerIs(userId)} AND ${table.state}`;

/** A SELECT that sees these rows under the table's name. */
export function reading(owned: Owned, statement: Sql): Sql {
  const table = nameOf(owned.table);
  const own = sql`SELECT * FROM ${table} WHERE ${isOwn(owned)}`;
  return sql`WITH ${table} AS NOT MATERIALIZED (${own}) ${statement}`;
}

export function finding(owned: Owned, find: Find): Sql {
  const { columns, where = always, orderBy, limit, within, bytes } = find;
  const table = nameOf(owned.table);
  const order = orderBy ? sql`ORDER BY ${orderBy}` : empty;
  const from = within
    ? sql`(SELECT * FROM ${table} WHERE ${within.where ?? always}
        ${within.orderBy ? sql`ORDER BY ${within.orderBy}` : order} LIMIT ${within.limit}) AS ${table}`
    : table;
  const most = limit === undefined ? empty : sql`LIMIT ${limit}`;
  const names = namesIn(owned.table, columns);
  const rest = sql`FROM ${from} WHERE ${where} ${order} ${most}`;
  if (!bytes) return reading(owned, sql`SELECT ${names} ${rest}`);
  // The length of a long text is told without reading it. What comes out of the inner SELECT stays in order:
  // there is nothing else to be done with it than to leave rows out.
  const before = sql`sum(octet_length(${namesIn(owned.table, [bytes.column])}))
    OVER (${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;
  return reading(
    owned,
    sql`SELECT ${names} FROM (SELECT ${names}, ${before} AS "before" ${rest}) AS "measured"
      WHERE coalesce("before", 0) < ${bytes.atMost}`,
  );
}

/** One statement for any number of rows: PostgreSQL takes 65 535 parameters, and this has two. */
export function inserting({ userId, table }: Owned, rows: readonly object[]): Sql {
  const given = givenIn(table, rows[0]);
  const names = namesIn(table, given);
  const typed = given.map((column) => raw(`"${column}" ${table.columns[column]}`));
  return sql`INSERT INTO ${nameOf(table)} ("userId", ${names}) SELECT ${userId}, ${names}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS "row" (${join(typed)})`;
}

export function insertingOne({ userId, table }: Owned, row: Record<string, unknown>): Sql {
  const given = givenIn(table, row);
  const values = given.map((column) => sql`${row[column]}::${raw(table.columns[column] ?? "")}`);
  return sql`INSERT INTO ${nameOf(table)} ("userId", ${namesIn(table, given)})
    VALUES (${userId}, ${join(values)})`;
}

export function updating(owned: Owned, { where, set, one }: Update): Sql {
  if ("id" in set) throw new TypeError("A row keeps its id.");
  const { table } = owned;
  const assignments = Object.entries(set).map(
    ([column, value]) => sql`${namesIn(table, [column])} = ${value}`,
  );
  const reached = one ? reachingOne(owned, where) : reaching(owned, where);
  return sql`UPDATE ${nameOf(table)} SET ${join(assignments)} WHERE ${reached}`;
}

export const deleting = (owned: Owned, where: Sql): Sql =>
  sql`DELETE FROM ${nameOf(owned.table)} WHERE ${reaching(owned, where)}`;

export const returning = ({ table }: Owned, statement: Sql, columns: readonly string[]): Sql =>
  sql`${statement} RETURNING ${namesIn(table, columns)}`;

const reachingOne = ({ userId, table }: Owned, where: Sql) =>
  sql`${ownerIs(userId)} AND ${table.state} AND (${where})`;

/** Locks the rows in the order of their ids, so that two statements cannot wait for each other. */
function reaching(owned: Owned, where: Sql): Sql {
  const table = nameOf(owned.table);
  return sql`${ownerIs(owned.userId)} AND "id" IN (
    SELECT "id" FROM (SELECT * FROM ${table} WHERE ${isOwn(owned)}) AS ${table}
    WHERE ${where} ORDER BY "id" FOR UPDATE)`;
}

/** The columns that a new row is given. */
const givenIn = ({ columns, later }: Owned["table"], row: object = {}) =>
  Object.keys(columns).filter((column) => column in row && !later.includes(column));

/** The types say what may be named; this holds for a name that got past them. */
function namesIn({ columns }: Owned["table"], names: readonly string[]): Sql {
  const unknown = names.find((name) => !Object.hasOwn(columns, name));
  if (unknown !== undefined) throw new TypeError(`"${unknown}" is no column to use here.`);
  return raw(names.map((name) => `"${name}"`).join(","));
}
