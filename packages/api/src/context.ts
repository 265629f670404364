import type { VerifiedAccess, Verifier } from "@taskbridge/bridge";
import type { OwnerScope, RequestScope, TaskService } from "@taskbridge/tasks";
import { z } from "zod";
import type { ReadHeaders } from "./api-request.ts";
import type { EndTurn } from "./calls-in-flight.ts";
import type { Failure } from "./errors.ts";
import type { CallCount, CallLimiter } from "./rate-limit.ts";
import type { SharedReads } from "./shared-reads.ts";

/**
 * Told of every unexpected failure; nothing of it reaches the client. Where no token can be verified
 * (503), the error is the bridge's, and its `cause` says why.
 */
export type ReportError = (error: unknown, where: { requestId: string; path: string }) => void;

/** What a host hands to the doors. */
export interface ApiDeps {
  verifier: Verifier;
  /** At least 32 secret bytes that sign the cursors of lists; the same in every process. */
  cursorKey: Uint8Array;
  /** Keys whose cursors are still accepted. */
  previousCursorKeys?: readonly Uint8Array[] | undefined;
  /** Makes the scope in which a verified user's calls reach the database. */
  scopeOf: (access: VerifiedAccess) => RequestScope;
  reportError: ReportError;
  /** How many tasks a user may have; the service's own number where none is given. */
  maxTasks?: number | undefined;
  /** How many calls a user may make; any number where there is none. */
  limiter?: CallLimiter | undefined;
}

/** What a door knows of a request, and all its calls share. */
export interface Arrival {
  verifier: Verifier;
  scopeOf: ApiDeps["scopeOf"];
  tasks: TaskService;
  headers: ReadHeaders;
  url: URL;
  requestId: string;
  /** Tells what has failed as callers are told, and the host of what was not foreseen. */
  report(error: unknown): Failure;
  /** Counts a call of a verified user, once: who verifies the token does. None where any number may be made. */
  calls?: Pick<CallCount, "count"> | undefined;
  /**
   * Takes note that a call's answer will hold so many whole tasks, which it has named. Throws where those of
   * one request are too many.
   */
  nameTasks?(count: number): void;
  /** Begins a call of a verified user when it is its turn. Who verifies the token does. */
  beginTurn?(userId: string): EndTurn | Promise<EndTurn>;
}

/**
 * tRPC's context. It names no user: only `protectedProcedure` adds one. Few members, since tRPC copies
 * them one by one for each step of a procedure.
 */
export interface Context {
  arrival: Arrival;
  /** The JSON that tRPC takes from the address of a query. */
  input?: string | null;
  /** The most bytes that this call's page should have, where it is one of many. */
  pageBytes?: number | undefined;
  /** Set where the token was verified, and the call's turn began, before anything else was read. */
  access?: VerifiedAccess;
  /** Set where calls run in a transaction; made from the token otherwise. */
  scope?: OwnerScope | undefined;
  /** Set where all calls of a request are reads that are answered together. */
  reads?: SharedReads | undefined;
}

/** What every request is known by. */
const requestIdPattern = /^[A-Za-z0-9._-]{1,64}$/;
export const requestIdSchema = z.string().regex(requestIdPattern);

/** The caller's `X-Request-Id` where it is safe to repeat, else a new one. */
export function requestIdOf(headers: Pick<Headers, "get">): string {
  const given = headers.get("x-request-id");
  return given !== null && requestIdPattern.test(given) ? given : crypto.randomUUID();
}
