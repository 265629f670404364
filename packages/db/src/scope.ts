import { type Db, requestPoolOf } from "./client.ts";
import { type KeptAnswer, type KeyedRequest, type OnceOutcome, once } from "./once.ts";
import { type OwnedRows, ownedRows } from "./owned-rows.ts";
import type { OwnedTable } from "./owned-table.ts";
import { type Statements, statementsOf } from "./statements.ts";

/**
 * The id of a user whose token was verified. Only the bridge makes one, so that a scope cannot be
 * built from an id that came out of a path, a query or a body.
 */
export type VerifiedUserId = string & { readonly __brand: "VerifiedUserId" };

/** All that the work of a request may reach in the database. */
export interface OwnerScope {
  readonly userId: VerifiedUserId;
  /** The user's rows in a table, and nobody else's. */
  rows<Row extends object>(table: OwnedTable<Row>): OwnedRows<Row>;
}

/** A request's scope. */
export interface RequestScope extends OwnerScope {
  /**
   * Does the work of a request once for each of the user's keys, in a transaction of its own whose
   * scope the work is given, and keeps the answer for a day. See `once`.
   */
  once(
    request: KeyedRequest,
    work: (scope: OwnerScope) => Promise<KeptAnswer>,
  ): Promise<OnceOutcome>;
}

/**
 * The two walls between users. Every statement made through a scope has the owner in its WHERE, written
 * by `owned-statements.ts` and never by its caller; and the database runs it in a role that row-level security
 * shows this user's rows alone. The way to the database stays in this closure: a scope offers none to
 * other statements.
 */
export function createScope(db: Db, { userId }: { readonly userId: VerifiedUserId }): RequestScope {
  if (typeof userId !== "string" || userId === "") throw new TypeError("A scope needs a user id.");
  const pool = requestPoolOf(db);
  return Object.freeze({
    ...scopeOver(statementsOf(pool, userId), userId),
    once: ({ key, fingerprint }: KeyedRequest, work: (scope: OwnerScope) => Promise<KeptAnswer>) =>
      once(pool, { userId, key, fingerprint }, (statements) => work(scopeOver(statements, userId))),
  });
}

/** For tests besides, which look at the statements. */
export const scopeOver = (statements: Statements, userId: VerifiedUserId): OwnerScope =>
  Object.freeze({
    userId,
    rows: <Row extends object>(table: OwnedTable<Row>) =>
      Object.freeze(ownedRows(statements, userId, table)),
  });
