import type { Db } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import { type KeptAnswer, type KeyedRequest, type OnceOutcome, once } from "./once.ts";
import {
  type OwnedTasks,
  ownedTasks,
  selectOf,
  type TaskColumn,
  type TaskRow,
} from "./owned-tasks.ts";

/**
 * The id of a user whose token was verified. Only the bridge makes one, so that a scope cannot be
 * built from an id that came out of a path, a query or a body.
 */
export type VerifiedUserId = string & { readonly __brand: "VerifiedUserId" };

type NotGiven = "userId" | "user" | "deletedAt";
/** A new task: no owner, who is the scope's user, and not deleted. */
export type TaskData = Omit<Prisma.TaskUncheckedCreateInput, NotGiven> & {
  [K in NotGiven]?: never;
};
interface Create<C extends TaskColumn> {
  data: TaskData;
  columns: readonly C[];
}

/** All that the work of a request may reach in the database. */
export interface OwnerScope {
  readonly userId: VerifiedUserId;
  /** The user's tasks. What is deleted is not among them: that is said here and in no query. */
  readonly task: OwnedTasks & {
    create<C extends TaskColumn>(args: Create<C>): Promise<TaskRow<C>>;
  };
  /** The user's deleted tasks, those that are due to be purged among them. */
  readonly deletedTask: OwnedTasks;
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
 * written by `ownedTasks` and never by its caller. The client stays in this closure: a scope offers
 * no way to other statements.
 */
export function createScope(db: Db, { userId }: { readonly userId: VerifiedUserId }): RequestScope {
  if (typeof userId !== "string" || userId === "") throw new TypeError("A scope needs a user id.");
  return Object.freeze({
    ...ownerScope(db, userId),
    once: ({ key, fingerprint }: KeyedRequest, work: (scope: OwnerScope) => Promise<KeptAnswer>) =>
      once(db, { userId, key, fingerprint }, (tx) => work(ownerScope(tx, userId))),
  });
}

function ownerScope(
  db: Pick<Db, "task" | "$queryRaw" | "$executeRaw">,
  userId: VerifiedUserId,
): OwnerScope {
  return Object.freeze({
    userId,
    task: Object.freeze({
      ...ownedTasks(db, userId, Prisma.sql`"deletedAt" IS NULL`),

      async create<C extends TaskColumn>({ data, columns }: Create<C>): Promise<TaskRow<C>> {
        const { userId: _, user: __, deletedAt: ___, ...own } = data;
        const row: unknown = await db.task.create({
          data: { ...own, userId },
          select: selectOf(columns),
        });
        return row as TaskRow<C>;
      },
    }),
    deletedTask: Object.freeze(ownedTasks(db, userId, Prisma.sql`"deletedAt" IS NOT NULL`)),
  });
}
