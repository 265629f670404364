import type { Db } from "./client.ts";
import type { Prisma } from "./generated/client.ts";
import { type KeptAnswer, type KeyedRequest, type OnceOutcome, once } from "./once.ts";

/**
 * The id of a user whose token was verified. Only the bridge makes one, so that a scope cannot be
 * built from an id that came out of a path, a query or a body.
 */
export type VerifiedUserId = string & { readonly __brand: "VerifiedUserId" };

type Owner = "userId" | "user";
type Nobody = { [key in Owner]?: never };
type Junction = "AND" | "OR" | "NOT";

/** A filter that cannot name an owner, however deep. */
export type TaskWhere = Omit<Prisma.TaskWhereInput, Owner | Junction> &
  Nobody & { AND?: TaskWhere | TaskWhere[]; OR?: TaskWhere[]; NOT?: TaskWhere | TaskWhere[] };
export type TaskOrderBy = Omit<Prisma.TaskOrderByWithRelationInput, Owner> & Nobody;
/** The columns to return. The owner is not among them, nor are relations that lead to other tables. */
export type TaskColumns = {
  [K in Exclude<Prisma.TaskScalarFieldEnum, "userId">]?: boolean;
} & Nobody;
export type TaskData = Omit<Prisma.TaskUncheckedCreateInput, Owner> & Nobody;
/** A task keeps its id and its owner for good. */
export type TaskChange = Omit<Prisma.TaskUpdateManyMutationInput, Owner | "id"> & Nobody;
type Row<S extends TaskColumns> = Prisma.TaskGetPayload<{ select: S }>;

interface TaskFind<S extends TaskColumns> {
  where?: TaskWhere;
  orderBy?: TaskOrderBy | TaskOrderBy[];
  take?: number;
  select: S;
}

/** The tasks of one user, and nothing else. Writes say how many rows they reached: look at it. */
export interface OwnedTasks {
  findMany<S extends TaskColumns>(args: TaskFind<S>): Promise<Row<S>[]>;
  findFirst<S extends TaskColumns>(args: Omit<TaskFind<S>, "take">): Promise<Row<S> | null>;
  create<S extends TaskColumns>(args: { data: TaskData; select: S }): Promise<Row<S>>;
  updateManyAndReturn<S extends TaskColumns>(args: {
    where: TaskWhere;
    data: TaskChange;
    select: S;
  }): Promise<Row<S>[]>;
  deleteMany(args: { where: TaskWhere }): Promise<{ count: number }>;
  count(args?: { where?: TaskWhere }): Promise<number>;
}

/** All that the work of a request may reach in the database. */
export interface OwnerScope {
  readonly userId: VerifiedUserId;
  readonly task: OwnedTasks;
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
 * The first wall between users: every statement made through a scope names the owner in its WHERE.
 *
 * The types keep honest callers from naming an owner; this code holds against all others. The
 * caller's filter is one term of an AND whose other term is the owner, so no OR, NOT or repeated key
 * in it can widen the result. Arguments are picked one by one, so none that is not listed here
 * (`include`, `omit`, `cursor`, `limit` …) gets through. The client stays in this closure: who holds
 * a scope cannot get at other rows or other tables.
 */
export function createScope(db: Db, { userId }: { readonly userId: VerifiedUserId }): RequestScope {
  // To Prisma, `{ userId: undefined }` means "any user".
  if (typeof userId !== "string" || userId === "") throw new TypeError("A scope needs a user id.");
  return Object.freeze({
    ...ownerScope(db, userId),
    once: ({ key, fingerprint }: KeyedRequest, work: (scope: OwnerScope) => Promise<KeptAnswer>) =>
      once(db, { userId, key, fingerprint }, (tx) => work(ownerScope(tx, userId))),
  });
}

function ownerScope({ task }: Pick<Db, "task">, userId: VerifiedUserId): OwnerScope {
  const owned = (where: TaskWhere = {}): Prisma.TaskWhereInput => ({ AND: [{ userId }, where] });

  const tasks: OwnedTasks = {
    findMany: async ({ where, orderBy, take, select }) =>
      task.findMany({ where: owned(where), orderBy, take, select: withoutOwner(select) }),

    findFirst: async ({ where, orderBy, select }) =>
      task.findFirst({ where: owned(where), orderBy, select: withoutOwner(select) }),

    create: async ({ data, select }) =>
      task.create({ data: { ...withoutOwner(data), userId }, select: withoutOwner(select) }),

    updateManyAndReturn: async ({ where, data, select }) =>
      task.updateManyAndReturn({
        where: owned(where),
        data: withoutOwner(data),
        select: withoutOwner(select),
      }),

    deleteMany: async ({ where }) => task.deleteMany({ where: owned(where) }),

    count: async ({ where } = {}) => task.count({ where: owned(where) }),
  };
  return Object.freeze({ userId, task: Object.freeze(tasks) });
}

/** Drops an owner that got past the types, lest a row be given away or a relation be followed. */
function withoutOwner<T extends Nobody>(value: T): T {
  const { userId: _, user: __, ...rest } = value;
  return rest as T;
}
