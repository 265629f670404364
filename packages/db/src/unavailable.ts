import pg from "pg";
import { adapterErrorOf, sqlStateOf } from "./driver-error.ts";
import { Prisma } from "./generated/client.ts";

/** Prisma's codes for a server out of reach, a connection lost, no connection or transaction in time. */
const prismaCodes = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "P2034",
  "P2037",
]);

/** What the system says of a connection, some of which Prisma repeats as a code of its own. */
const systemCodes = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "EPIPE", "ENOENT", "ETIMEDOUT"],
  ...["ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"],
]);

/** Where it says so: a file may be missing too, and a client's connection end. */
const systemCalls = new Set(["connect", "getaddrinfo", "read", "write"]);

/** What the adapter calls some of these: for plain SQL it says no more than that. */
const adapterKinds = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
]);

/** pg has no codes for these. */
const pgMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|Query read timeout)/;

/**
 * SQLSTATEs: 08 connection, 53 out of resources, 57P01 to 57P05 shutting down or starting up, 55P03 a
 * lock not had in time, 40 rolled back in favour of others, 25006 a server that turned read-only.
 */
const sqlStates = /^(08...|53...|57P0[1-5]|55P03|40001|40P01|25006)$/;

/**
 * Whether a query failed because the database was out of reach, going down or overrun, rather than
 * for what was asked: the same may succeed a moment later. The one place that tells.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (sqlStates.test(sqlStateOf(error) ?? "")) return true;
  if (error instanceof pg.DatabaseError) return false;
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    return (
      prismaCodes.has(error.code) ||
      systemCodes.has(error.code) ||
      adapterKinds.has(adapterErrorOf(error).kind ?? "")
    );
  }
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  // A name that stands for several addresses, none of which answers.
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  const { code = "", syscall = "" } = error as NodeJS.ErrnoException;
  return systemCodes.has(code) ? systemCalls.has(syscall) : pgMessages.test(error.message);
}

/** Whether a query failed because the database has no room left on its disk (SQLSTATE 53100). */
export const isStorageFull = (error: unknown): boolean => sqlStateOf(error) === "53100";
