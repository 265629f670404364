import type { Db } from "./client.ts";
import { Prisma } from "./generated/client.ts";

const { sql, join, raw } = Prisma;
type Sql = Prisma.Sql;

/** The columns that may be read. The owner is not among them. */
export type TaskColumn = Exclude<Prisma.TaskScalarFieldEnum, "userId">;
/** A row with these columns, or with all of them. */
export type TaskRow<C extends TaskColumn = TaskColumn> = Pick<Prisma.TaskGetPayload<object>, C>;
/** What to write, by column. A task keeps its id and its owner for good. */
export type TaskChange = { readonly [C in Exclude<TaskColumn, "id">]?: Sql };

const readable = new Set<string>(Object.keys(Prisma.TaskScalarFieldEnum));
readable.delete("userId");
const writable = new Set<string>(readable);
writable.delete("id");

interface Find<C extends TaskColumn> {
  columns: readonly C[];
  where?: Sql;
  orderBy?: Sql;
  limit?: number;
}
interface Update {
  where: Sql;
  set: TaskChange;
}

/**
 * Some tasks of one user, and nothing else. The SQL in its arguments is code: values go into it as
 * parameters. Whatever a condition says, it chooses among this user's rows.
 */
export interface OwnedTasks {
  find<C extends TaskColumn>(args: Find<C>): Promise<TaskRow<C>[]>;
  /** Runs a SELECT in which `"task"` means these rows instead of the table. */
  select<Row>(statement: Sql): Promise<Row[]>;
  /** Says how many rows it reached: look at it. */
  update(args: Update): Promise<number>;
  updateReturning<C extends TaskColumn>(
    args: Update & { columns: readonly C[] },
  ): Promise<TaskRow<C>[]>;
}

/**
 * Those of a user's tasks that are in a state, over a database that the caller cannot reach.
 *
 * Reads see the table through a common table expression of the same name, which hides it, so that a
 * statement that forgets the owner still has one. PostgreSQL plans it as if it were written out.
 * Writes lock their rows in the order of ids first, so that two of them cannot wait for each other,
 * and look at the condition again once they have waited: one statement is all it takes to lose no
 * update.
 */
export function ownedTasks(
  db: Pick<Db, "$queryRaw" | "$executeRaw">,
  userId: string,
  state: Sql,
): OwnedTasks {
  const own = sql`SELECT * FROM "task" WHERE "userId" = ${userId} AND ${state}`;

  const select = async <Row>(statement: Sql) =>
    db.$queryRaw<Row[]>(sql`WITH "task" AS NOT MATERIALIZED (${own}) ${statement}`);

  const updating = ({ where, set }: Update) => sql`
    UPDATE "task" SET ${assignments(set)} WHERE "userId" = ${userId} AND "id" IN (
      SELECT "id" FROM (${own}) AS "task" WHERE ${where} ORDER BY "id" FOR UPDATE)`;

  return {
    select,

    find: async ({ columns, where = sql`TRUE`, orderBy, limit }) =>
      select(sql`SELECT ${names(columns)} FROM "task" WHERE ${where}
        ${orderBy ? sql`ORDER BY ${orderBy}` : Prisma.empty}
        ${limit === undefined ? Prisma.empty : sql`LIMIT ${limit}`}`),

    update: async (args) => db.$executeRaw(updating(args)),

    updateReturning: async ({ columns, ...args }) =>
      db.$queryRaw(sql`${updating(args)} RETURNING ${names(columns)}`),
  };
}

const names = (columns: readonly string[]) =>
  join(columns.map((column) => named(column, readable)));

const assignments = (set: TaskChange) =>
  join(Object.entries(set).map(([column, value]) => sql`${named(column, writable)} = ${value}`));

/** The same columns for Prisma's own methods. */
export function selectOf(columns: readonly TaskColumn[]): Prisma.TaskSelect {
  for (const column of columns) named(column, readable);
  return Object.fromEntries(columns.map((column) => [column, true]));
}

/** The types say the same; this holds for a name that got past them. */
function named(column: string, allowed: ReadonlySet<string>): Sql {
  if (!allowed.has(column)) throw new TypeError(`"${column}" is not a column to be used here.`);
  return raw(`"${column}"`);
}
