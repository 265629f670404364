import { Prisma } from "./generated/client.ts";

const { sql } = Prisma;

/** What narrows a read down before the other conditions are looked at, by an index. */
export interface Narrowing {
  /** Which rows: those that have a text in what is searched, or those that have a tag. */
  readonly by: "words" | "tag";
  readonly value: string;
}

/** The first wall: the owner's condition, which every statement of a scope has in its WHERE. */
export const ownerIs = (userId: string): Prisma.Sql => sql`"userId" = ${userId}`;

/**
 * The second wall: from here to the end of the transaction the database itself shows and takes this
 * user's rows alone. One statement gives up the owner's rights and says whose request this is; row-level
 * security does the rest (see the migration).
 *
 * Nothing of it outlives the transaction, so a pooler may hand the connection to anybody afterwards.
 */
export const actAs = (userId: string, narrowing?: Narrowing): Prisma.Sql =>
  sql`SELECT set_config('role', "request_role"(${narrowing?.by ?? "request"}), true),
    set_config('taskbridge.user_id', ${userId}, true),
    set_config('taskbridge.narrowing', ${narrowing?.value ?? ""}, true)`;
