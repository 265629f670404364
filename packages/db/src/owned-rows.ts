import type { Db } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import type { OwnedTable } from "./owned-table.ts";

const { sql, join, raw, empty } = Prisma;
type Sql = Prisma.Sql;
type Column<Row> = keyof Row & string;

interface Find<C> {
  columns: readonly C[];
  where?: Sql;
  orderBy?: Sql;
  limit?: number;
}
interface Update<Row> {
  where: Sql;
  set: RowChange<Row>;
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
  select<Answer>(statement: Sql): Promise<Answer[]>;
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
  db: Pick<Db, "$queryRaw" | "$executeRaw">,
  userId: string,
  { name, columns: types, later, state }: OwnedTable<Row>,
): OwnedRows<Row> {
  const table = raw(`"${name}"`);
  const own = sql`SELECT * FROM ${table} WHERE "userId" = ${userId} AND ${state}`;

  /** The types say the same; this holds for a name that got past them. */
  function named(column: string): Sql {
    if (!Object.hasOwn(types, column)) throw new TypeError(`"${column}" is no column to use here.`);
    return raw(`"${column}"`);
  }
  const names = (columns: readonly string[]) => join(columns.map(named));

  const reaching = (where: Sql) => sql`"userId" = ${userId} AND "id" IN (
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

  const select = async <Answer>(statement: Sql) =>
    db.$queryRaw<Answer[]>(sql`WITH ${table} AS NOT MATERIALIZED (${own}) ${statement}`);

  return {
    select,

    find: async ({ columns, where = sql`TRUE`, orderBy, limit }) =>
      select(sql`SELECT ${names(columns)} FROM ${table} WHERE ${where}
        ${orderBy ? sql`ORDER BY ${orderBy}` : empty}
        ${limit === undefined ? empty : sql`LIMIT ${limit}`}`),

    insert: async (rows) => (rows.length === 0 ? 0 : db.$executeRaw(inserting(rows))),

    async insertReturning<C extends Column<Row>>(row: Partial<Row>, columns: readonly C[]) {
      const statement = sql`${inserting([row])} RETURNING ${names(columns)}`;
      const [inserted] = await db.$queryRaw<Pick<Row, C>[]>(statement);
      if (!inserted) throw new Error("An insertion without a condition has one row.");
      return inserted;
    },

    update: async (args) => db.$executeRaw(updating(args)),

    updateReturning: async ({ columns, ...args }) =>
      db.$queryRaw(sql`${updating(args)} RETURNING ${names(columns)}`),

    delete: async ({ where }) => db.$executeRaw(sql`DELETE FROM ${table} WHERE ${reaching(where)}`),
  };
}
