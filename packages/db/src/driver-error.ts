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

/** True for a statement that took longer than it may, or that somebody cancelled. */
export const isStatementTimeout = (error: unknown): boolean => sqlStateOf(error) === "57014";

/** True for a write that would have made a second row where there may be one. */
export const isUniqueViolation = (error: unknown): boolean => sqlStateOf(error) === "23505";

/** True for a text that PostgreSQL cannot hold: it has a NUL in it, or half a character. */
export const isUnfitText = (error: unknown): boolean =>
  /^(22021|22P05)$/.test(sqlStateOf(error) ?? "");

/**
 * True for a write that the rows there are do not allow, an integrity constraint (class 23), or that found
 * none to change (Prisma's P2025).
 */
export const isRefusedRow = (error: unknown): boolean =>
  sqlStateOf(error)?.startsWith("23") ??
  (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2025");
