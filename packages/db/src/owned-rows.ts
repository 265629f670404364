import type { Prisma } from "./generated/client.ts";
import * as owning from "./owned-statements.ts";
import type { OwnedTable } from "./owned-table.ts";
import type { Narrowing } from "./owner.ts";
import type { Statements } from "./statements.ts";

type Sql = Prisma.Sql;
type Column<Row> = keyof Row & string;
type How = Parameters<Statements["run"]>[1];

interface Find<C extends string> extends owning.Find {
  columns: readonly C[];
  /** Repeats a part of the condition, so that an index may serve it. */
  narrowing?: Narrowing | undefined;
  /** An index gives the rows at once, in order, however many there are. */
  brief?: boolean;
}
interface Update<Row> extends owning.Update {
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
 * reach. `owned-statements.ts` is the one place that writes the owner into statements.
 *
 * Reads see the table through a common table expression of the same name, which hides it, so that a
 * statement that forgets the owner still has one. PostgreSQL plans it as if it were written out.
 * Writes look at their condition again once they have waited for a row: one statement is all it takes
 * to lose no update.
 */
export const ownedRows = <Row extends object>(
  statements: Statements,
  userId: string,
  table: OwnedTable<Row>,
): OwnedRows<Row> =>
  Object.freeze(new UserRows<Row>(statements, { userId, table: table as never }));

/** A class, because one is made for every call. */
class UserRows<Row extends object> implements OwnedRows<Row> {
  readonly #statements: Statements;
  readonly #owned: owning.Owned;

  constructor(statements: Statements, owned: owning.Owned) {
    this.#statements = statements;
    this.#owned = owned;
  }

  select<Answer>(statement: Sql, narrowing?: Narrowing) {
    return this.#rows<Answer>(owning.reading(this.#owned, statement), { narrowing });
  }

  async find<C extends Column<Row>>(args: Find<C>) {
    const { narrowing, brief } = args;
    const how = { narrowing, brief, shared: brief === true };
    return this.#rows<Pick<Row, C>>(owning.finding(this.#owned, args), how);
  }

  async insert(rows: readonly Partial<Row>[]) {
    return rows.length === 0 ? 0 : this.#count(owning.inserting(this.#owned, rows));
  }

  async insertReturning<C extends Column<Row>>(row: Partial<Row>, columns: readonly C[]) {
    const statement = owning.returning(this.#owned, owning.insertingOne(this.#owned, row), columns);
    const [inserted] = await this.#rows<Pick<Row, C>>(statement, { brief: true });
    if (!inserted) throw new Error("An insertion without a condition has one row.");
    return inserted;
  }

  async update(args: Update<Row>) {
    return this.#count(owning.updating(this.#owned, args), args.one);
  }

  async updateReturning<C extends Column<Row>>(args: Update<Row> & { columns: readonly C[] }) {
    const statement = owning.returning(
      this.#owned,
      owning.updating(this.#owned, args),
      args.columns,
    );
    return this.#rows<Pick<Row, C>>(statement, { brief: args.one });
  }

  async delete({ where }: { where: Sql }) {
    return this.#count(owning.deleting(this.#owned, where));
  }

  async #rows<Answer>(statement: Sql, how: How): Promise<Answer[]> {
    return (await this.#statements.run(statement, how)).rows as Answer[];
  }

  async #count(statement: Sql, brief?: boolean): Promise<number> {
    return (await this.#statements.run(statement, { mass: true, brief })).count;
  }
}
