import { Prisma } from "./generated/client.ts";

interface DriverError {
  /** The adapter's name for what went wrong. */
  kind?: string;
  /** PostgreSQL's, a SQLSTATE. */
  originalCode?: string;
}

/** What the adapter says of a failed query; empty for any other error. */
export function driverErrorOf(error: unknown): DriverError {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return {};
  const { driverAdapterError } = (error.meta ?? {}) as {
    driverAdapterError?: { cause?: DriverError };
  };
  return driverAdapterError?.cause ?? {};
}

/** True for a write that refers to a row that does not exist (any more). */
export const isForeignKeyViolation = (error: unknown): boolean =>
  driverErrorOf(error).kind === "ForeignKeyConstraintViolation";

/** True for a write that would have made a second row where there may be one. */
export const isUniqueViolation = (error: unknown): boolean =>
  driverErrorOf(error).kind === "UniqueConstraintViolation";
