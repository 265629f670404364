import { Prisma } from "./generated/client.ts";
import { limitedTo } from "./statement-limit.ts";

const { sql } = Prisma;

/** What narrows a read down before the other conditions are looked at, by an index. */
export interface Narrowing {
  /** Which rows: those that have one of the patterns, a line each, in what is searched, or those that have a tag. */
  readonly by: "words" | "tag";
  readonly value: string;
}

/** The first wall: the owner's condition, which every statement of a scope has in its WHERE. */
export const ownerIs = (userId: string): Prisma.Sql => sql`"userId" = ${userId}`;

/** How the database should go about what comes next. */
interface Help {
  narrowing?: Narrowing | undefined;
  /** An index gives the rows of any user in order: it is planned once for all, see below. */
  brief?: boolean | undefined;
}

/**
 * The second wall: from here to the end of the transaction the database itself shows and takes this
 * user's rows alone. One statement gives up the owner's rights and says whose request this is; row-level
 * security does the rest (see the migration).
 *
 * Nothing of it outlives the transaction, so a pooler may hand the connection to anybody afterwards. The
 * same statement says how long each that comes next may take, as long as its answer is waited for.
 *
 * A prepared statement's plan is kept only where it is right for every user: left to itself PostgreSQL
 * makes one for the average user, who has few tasks that are soon sorted, and keeps it for whoever has
 * a million. Without sorting there is one way to what is brief, the index in its order. All else is
 * planned each time, for the user and the values at hand.
 */
export const actAs = (
  userId: string,
  waitMs: number,
  { narrowing, brief = false }: Help = {},
): Prisma.Sql =>
  sql`SELECT set_config('role', "request_role"(${narrowing?.by ?? "request"}), true),
    set_config('taskbridge.user_id', ${userId}, true),
    set_config('taskbridge.narrowing', ${narrowing?.value ?? ""}, true),
    set_config('plan_cache_mode', ${brief ? "force_generic_plan" : "force_custom_plan"}, true),
    set_config('enable_sort', ${brief ? "off" : "on"}, true),
    ${limitedTo(waitMs)}`;
