import pg from "pg";
import { Prisma } from "./generated/client.ts";

/** PostgreSQL's code (SQLSTATE) for why it refused a statement, be it Prisma's or one of a scope. */
export function sqlStateOf(error: unknown): string | undefined {
  if (error instanceof pg.DatabaseError) return error.code;
  return adapterErrorOf(error).originalCode;
}

/** What Prisma's adapter says of a failed query; empty for any other error. */
export function adapterErrorOf(error: unknown): { kind?: string; originalCode?: string } {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return {};
  const { driverAdapterError } = (error.meta ?? {}) as {
    driverAdapterError?: { cause?: { kind?: string; originalCode?: string } };
  };
  return driverAdapterError?.cause ?? {};
}

/** True for a write that refers to a row that does not exist (any more). */
export const isForeignKeyViolation = (error: unknown): boolean => sqlStateOf(error) === "23503";

/** True for a write that a rule of its table refuses. */
export const isCheckViolation = (error: unknown): boolean => sqlStateOf(error) === "23514";

/** True for a statement that did not get a lock within `lock_timeout`. */
export const isLockTimeout = (error: unknown): boolean => sqlStateOf(error) === "55P03";

/** True for a write that would have made a second row where there may be one. */
export const isUniqueViolation = (error: unknown): boolean => sqlStateOf(error) === "23505";
