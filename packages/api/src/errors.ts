import { BridgeError, TokenRevokedError } from "@taskbridge/bridge";
import { DomainError, type FieldError, fieldErrorsOf } from "@taskbridge/contract";
import { isStorageFull, isUnavailable, isUnfitText } from "@taskbridge/tasks";
import { TRPCError } from "@trpc/server";
import type { TRPC_ERROR_CODE_KEY } from "@trpc/server/rpc";
import { ZodError } from "zod";
import {
  type ErrorCode,
  type ErrorRow,
  errorTable,
  type ProtocolErrorCode,
  rowOfStatus,
} from "./error-table.ts";

/** What goes wrong in the protocol rather than in the domain. Its message may be shown. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code: ProtocolErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProtocolErrorCode, message: string, headers: Record<string, string> = {}) {
    // What a caller did wrong is no place in our code: to find one out takes longer than the answer.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.headers = headers;
  }
}

/** An error as either door tells it to the caller. */
export interface Failure extends Pick<ErrorRow, "status" | "trpc" | "title"> {
  code: string;
  detail: string;
  errors?: readonly FieldError[] | undefined;
  headers: Readonly<Record<string, string>>;
}

/** What tRPC itself refuses before a procedure runs, in our codes. */
const trpcCodes: Partial<Record<TRPC_ERROR_CODE_KEY, { code: ErrorCode; detail: string }>> = {
  NOT_FOUND: { code: "route_not_found", detail: "There is no such procedure." },
  METHOD_NOT_SUPPORTED: {
    code: "method_not_allowed",
    detail: "Queries take GET and mutations take POST.",
  },
  PARSE_ERROR: { code: "malformed_body", detail: "The input is not valid JSON." },
  BAD_REQUEST: {
    code: "malformed_request",
    detail: "The call is malformed or the batch too long.",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    code: "unsupported_media_type",
    detail: "The body must be application/json.",
  },
};

/** Tells any thrown thing as a `Failure`. What is not known here becomes `internal_error`, wordless. */
export function failureOf(thrown: unknown): Failure {
  const error = thrown instanceof TRPCError && thrown.cause ? thrown.cause : thrown;

  if (error instanceof BridgeError) {
    const { code, message, status } = error;
    return failureAs(rowOfStatus(status), code, message, { headers: headersOf(error) });
  }
  if (error instanceof DomainError) {
    if (error.code === "owner_gone") return failureOf(new TokenRevokedError());
    return fail(error.code, error.message, { errors: error.errors });
  }
  if (error instanceof ProtocolError) {
    return fail(error.code, error.message, { headers: error.headers });
  }
  if (isStorageFull(error)) {
    const detail = "The database has no room left: nothing can be written until it has.";
    return fail("storage_full", detail, { headers: { "Retry-After": "30" } });
  }
  if (isUnavailable(error)) {
    const detail = "The database is out of reach or overrun at the moment; try again shortly.";
    return fail("unavailable", detail, { headers: { "Retry-After": "1" } });
  }
  if (isUnfitText(error)) {
    return fail("malformed_request", "A text in it has a character that cannot be stored.");
  }
  if (error instanceof ZodError) {
    const errors = fieldErrorsOf(error);
    return fail("validation_failed", "The input has fields that cannot be accepted.", { errors });
  }
  if (thrown instanceof TRPCError) {
    const unreadable = thrown.code === "BAD_REQUEST" && error instanceof SyntaxError;
    const known = trpcCodes[unreadable ? "PARSE_ERROR" : thrown.code];
    if (known) return fail(known.code, known.detail);
  }
  return fail("internal_error", "Something went wrong on the server; the request id names it.");
}

/** The same as a TRPCError, for tRPC to carry; the thrown thing stays its cause. */
export function toTrpcError(thrown: unknown): TRPCError {
  const cause = thrown instanceof TRPCError && thrown.cause ? thrown.cause : thrown;
  const { trpc, detail } = failureOf(thrown);
  return new TRPCError({ code: trpc, message: detail, cause });
}

type Besides = Partial<Pick<Failure, "errors" | "headers">>;

const fail = (code: ErrorCode, detail: string, besides?: Besides): Failure =>
  failureAs(errorTable[code], code, detail, besides);

const failureAs = (
  { status, trpc, title }: Pick<ErrorRow, "status" | "trpc" | "title">,
  code: string,
  detail: string,
  { errors, headers = {} }: Besides = {},
): Failure => ({ status, trpc, title, code, detail, errors, headers });

/** A challenge where other credentials would help, else when to come back. */
function headersOf({ challenge }: BridgeError): Record<string, string> {
  return challenge === null ? { "Retry-After": "1" } : { "WWW-Authenticate": challenge };
}
