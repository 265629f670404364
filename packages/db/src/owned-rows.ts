import { Prisma } from "./generated/client.ts";
import type { OwnedTable } from "./owned-table.ts";
import { type Narrowing, ownerIs } from "./owner.ts";
import type { Statements } from "./statements.ts";

const { sql, join, raw, empty } = Prisma;
type Sql = Prisma.Sql;
type Column<Row> = keyof Row & string;

interface Find<C> {
  columns: readonly C[];
  where?: Sql;
  orderBy?: Sql;
  limit?: number;
  /** Looks at no more than the first so many rows, in this order, that meet a condition of their own. */
  within?: { where: Sql; limit: number };
  /** Repeats a part of the condition, so that an index may serve it. */
  narrowing?: Narrowing | undefined;
  /** An index gives the rows at once, in order, however many there are. */
  brief?: boolean;
}
interface Update<Row> {
  where: Sql;
  set: RowChange<Row>;
  /** An index gives the rows at once, however many there are. */
  brief?: boolean;
}

/** What to write, by column. A row keeps its id and its owner for good. */
export type RowChange<Row> = { readonly [C in Exclude<Column<Row>, "id">]?: Sql };

/**
 * Some rows of one user, and nothing else. The SQL in its arguments is code: values go into it as
 * parameters. Whatever a condition says, it chooses among this user's rows.
 */
export interface OwnedRows<Row extends object> {
  find<C extends Column<Row>>(args: Find<C>): Promise<Pick<Row, C>[]>;
  /** Runs a SELECT in which the table's name means these rows instead of the table. */
  select<Answer>(statement: Sql, narrowing?: Narrowing): Promise<Answer[]>;
  /** Adds rows, all or none: each with the same columns, the others as the table has it. */
  insert(rows: readonly Partial<Row>[]): Promise<number>;
  insertReturning<C extends Column<Row>>(
    row: Partial<Row>,
    columns: readonly C[],
  ): Promise<Pick<Row, C>>;
  /** Says how many rows it reached: look at it. */
  update(args: Update<Row>): Promise<number>;
  updateReturning<C extends Column<Row>>(
    args: Update<Row> & { columns: readonly C[] },
  ): Promise<Pick<Row, C>[]>;
  /** Says how many rows it reached: look at it. */
  delete(args: { where: Sql }): Promise<number>;
}

/**
 * Those of a user's rows in a table that are in its state, over a database that the caller cannot
 * reach: the one place that writes the owner into statements.
 *
 * Reads see the table through a common table expression of the same name, which hides it, so that a
 * statement that forgets the owner still has one. PostgreSQL plans it as if it were written out.
 * Writes lock their rows in the order of ids first, so that two of them cannot wait for each other,
 * and look at the condition again once they have waited: one statement is all it takes to lose no
 * update.
 */
export function ownedRows<Row extends object>(
  statements: Statements,
  userId: string,
  { name, columns: types, later, state }: OwnedTable<Row>,
): OwnedRows<Row> {
  const table = raw(`"${name}"`);
  const own = sql`SELECT * FROM ${table} WHERE ${ownerIs(userId)} AND ${state}`;

  /** The types say the same; this holds for a name that got past them. */
  function named(column: string): Sql {
    if (!Object.hasOwn(types, column)) throw new TypeError(`"${column}" is no column to use here.`);
    return raw(`"${column}"`);
  }
  const names = (columns: readonly string[]) => join(columns.map(named));

  const reaching = (where: Sql) => sql`${ownerIs(userId)} AND "id" IN (
    SELECT "id" FROM (${own}) AS ${table} WHERE ${where} ORDER BY "id" FOR UPDATE)`;

  const updating = ({ where, set }: Update<Row>) => {
    if ("id" in set) throw new TypeError("A row keeps its id.");
    const assignments = Object.entries<Sql | undefined>(set).map(
      ([column, value]) => sql`${named(column)} = ${value}`,
    );
    return sql`UPDATE ${table} SET ${join(assignments)} WHERE ${reaching(where)}`;
  };

  /** One statement for any number of rows: PostgreSQL takes 65 535 parameters, and this has two. */
  const inserting = (rows: readonly Partial<Row>[]) => {
    const given = Object.keys(types).filter(
      (column) => column in (rows[0] ?? {}) && !later.includes(column as keyof Row),
    );
    const typed = given.map((column) => raw(`"${column}" ${types[column as keyof Row]}`));
    return sql`INSERT INTO ${table} ("userId", ${names(given)})
      SELECT ${userId}, ${names(given)}
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS "row" (${join(typed)})`;
  };

  type How = Parameters<Statements["run"]>[1];
  const rowsOf = async <Answer>(statement: Sql, how: How) =>
    (await statements.run(statement, how)).rows as Answer[];
  const countOf = async (statement: Sql, brief?: boolean) =>
    (await statements.run(statement, { mass: true, brief })).count;

  const read = <Answer>(statement: Sql, how: How) =>
    rowsOf<Answer>(sql`WITH ${table} AS NOT MATERIALIZED (${own}) ${statement}`, how);

  return {
    select: (statement, narrowing) => read(statement, { narrowing }),

    async find({ columns, where = sql`TRUE`, orderBy, limit, within, narrowing, brief }) {
      const order = orderBy ? sql`ORDER BY ${orderBy}` : empty;
      const from = within
        ? sql`(SELECT * FROM ${table} WHERE ${within.where} ${order} LIMIT ${within.limit}) AS ${table}`
        : table;
      const most = limit === undefined ? empty : sql`LIMIT ${limit}`;
      return read(sql`SELECT ${names(columns)} FROM ${from} WHERE ${where} ${order} ${most}`, {
        narrowing,
        brief,
        shared: brief === true,
      });
    },

    insert: async (rows) => (rows.length === 0 ? 0 : countOf(inserting(rows))),

    async insertReturning<C extends Column<Row>>(row: Partial<Row>, columns: readonly C[]) {
      const statement = sql`${inserting([row])} RETURNING ${names(columns)}`;
      const [inserted] = await rowsOf<Pick<Row, C>>(statement, { brief: true });
      if (!inserted) throw new Error("An insertion without a condition has one row.");
      return inserted;
    },

    update: async (args) => countOf(updating(args), args.brief),

    updateReturning: async ({ columns, brief, ...args }) =>
      rowsOf(sql`${updating(args)} RETURNING ${names(columns)}`, { brief }),

    delete: async ({ where }) => countOf(sql`DELETE FROM ${table} WHERE ${reaching(where)}`),
  };
}
