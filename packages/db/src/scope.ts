import type { Db } from "./client.ts";
import { type KeptAnswer, type KeyedRequest, type OnceOutcome, once } from "./once.ts";
import { type OwnedRows, ownedRows } from "./owned-rows.ts";
import type { OwnedTable } from "./owned-table.ts";

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
 * The first wall between users: every statement made through a scope has the owner in its WHERE,
 * written by `ownedRows` and never by its caller. The client stays in this closure: a scope offers no
 * way to other statements.
 */
export function createScope(db: Db, { userId }: { readonly userId: VerifiedUserId }): RequestScope {
  if (typeof userId !== "string" || userId === "") throw new TypeError("A scope needs a user id.");
  return Object.freeze({
    ...ownerScope(db, userId),
    once: ({ key, fingerprint }: KeyedRequest, work: (scope: OwnerScope) => Promise<KeptAnswer>) =>
      once(db, { userId, key, fingerprint }, (tx) => work(ownerScope(tx, userId))),
  });
}

const ownerScope = (
  db: Pick<Db, "$queryRaw" | "$executeRaw">,
  userId: VerifiedUserId,
): OwnerScope =>
  Object.freeze({
    userId,
    rows: <Row extends object>(table: OwnedTable<Row>) =>
      Object.freeze(ownedRows(db, userId, table)),
  });
