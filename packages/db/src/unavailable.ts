import pg from "pg";
import { adapterErrorOf, sqlStateOf } from "./driver-error.ts";
import { Prisma } from "./generated/client.ts";

/** Prisma's codes for a server out of reach or closed to us, a connection lost, no connection or transaction in time. */
const prismaCodes = new Set([
  ...["P1000", "P1001", "P1002", "P1003", "P1008", "P1010", "P1011", "P1017"],
  ...["P2024", "P2028", "P2034", "P2037"],
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
  "TlsConnectionError",
  "TooManyConnections",
]);

/** pg has no codes for these, and its pool makes them without a connection. */
const pgMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed and|Cannot use a pool after calling end|Query read timeout)/;

/**
 * SQLSTATE classes of what is wrong with a statement or with what it was given: 0A not supported, 20 to
 * 24, 27, 2D, 2F, 34, 38, 39, 3B, 44 and P0 mistakes of a program, 22 and 23 values, 42 a statement that
 * is wrong, 54 too much of something. Sent again it fails again. All others are of the server's state.
 */
const ownFaults = /^(0A|2[0-47DF]|3[489B]|42|44|54|P0)/;

/**
 * The exceptions: no statement of ours asks for what it may not do, or names what no migration made. So
 * somebody took away a privilege (42501), or dropped or renamed a table (42P01), a column (42703), a
 * function (42883), or a role or type (42704).
 */
const takenAway = /^42(501|P01|703|883|704)$/;

/** Whether a query failed for want of what was there when the app was set up. */
export const isTakenAway = (error: unknown): boolean => takenAway.test(sqlStateOf(error) ?? "");

const ofConnections = new WeakSet<Error>();

/** Notes that a connection could not be had or failed as a whole, in whatever words. Gives the error back. */
export function asUnavailable<T>(error: T): T {
  if (error instanceof Error) ofConnections.add(error);
  return error;
}

/**
 * Whether a query failed because the database was out of reach, closed to us, going down, overrun or
 * damaged, rather than for what was asked: the same may succeed once that is mended. The one place that
 * tells. What is not known counts as such, as long as it is the server or the connection that says it.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const state = sqlStateOf(error);
  if (state !== undefined) return takenAway.test(state) || !ownFaults.test(state);
  if (ofConnections.has(error)) return true;
  // pg's own trouble with what the server sent.
  if (error instanceof pg.DatabaseError) return true;
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

/**
 * Whether a connection that answered this SQLSTATE should not be used again: 08 its protocol broke, 25 the
 * session is read-only (its server is no primary any more) or its transaction in disorder, 28 its role was
 * taken away, 42 it knows a table or a function no more, or may not use it, as when its settings were changed,
 * 57P its server goes down, XX its server is damaged.
 */
export const endsSession = (state: string | undefined): boolean =>
  /^(08|25|28|42|57P|XX)/.test(state ?? "08");
