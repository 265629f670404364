import { type BridgeErrorCode, bridgeErrorCodes, bridgeErrors } from "@taskbridge/bridge";
import { type DomainErrorCode, MAX_BODY_BYTES } from "@taskbridge/contract";
import type { TRPC_ERROR_CODE_KEY } from "@trpc/server/rpc";

export type ProtocolErrorCode =
  | "invalid_request"
  | "unavailable"
  | "storage_full"
  | "rate_limited"
  | "too_many_calls_at_once"
  | "forbidden"
  | "malformed_request"
  | "malformed_body"
  | "invalid_idempotency_key"
  | "idempotency_key_reused"
  | "idempotency_in_progress"
  | "unsupported_media_type"
  | "body_too_large"
  | "route_not_found"
  | "method_not_allowed"
  | "internal_error";

/** The codes that have a row of their own. */
export type ErrorCode = Exclude<DomainErrorCode, "owner_gone"> | ProtocolErrorCode;

/** Every code that a caller can be told. */
export type ProblemCode = ErrorCode | BridgeErrorCode;

export interface ErrorRow {
  status: number;
  trpc: TRPC_ERROR_CODE_KEY;
  title: string;
  /** One sentence: what was wrong. */
  when: string;
  /** What the caller can do about it. */
  remedy: string;
}

const row = (
  status: number,
  trpc: TRPC_ERROR_CODE_KEY,
  title: string,
  when: string,
  remedy: string,
): ErrorRow => ({ status, trpc, title, when, remedy });

/**
 * The one table of errors: every code, its HTTP status and its tRPC code. Both doors read it, and so
 * do the OpenAPI document and the pages that `type` leads to.
 */
export const errorTable: Record<ErrorCode, ErrorRow> = {
  invalid_request: row(
    400,
    "BAD_REQUEST",
    "Invalid request",
    "The request carries more than one credential.",
    "Send one Authorization header with one token.",
  ),
  forbidden: row(
    403,
    "FORBIDDEN",
    "Not yours",
    "The path's user is not the token's user.",
    "Use the id that the token names: tRPC's session.whoami tells it, and so does sign-in.",
  ),
  task_not_found: row(
    404,
    "NOT_FOUND",
    "No such task",
    "You have no task of this id. It may never have been, or be deleted, or somebody else's.",
    "List the tasks to see which there are, or the deleted ones to restore one.",
  ),
  not_found: row(
    404,
    "NOT_FOUND",
    "Not found",
    "You have nothing of this id. It may never have been, or be somebody else's.",
    "List what there is, and take an id from there.",
  ),
  route_not_found: row(
    404,
    "NOT_FOUND",
    "No such route",
    "Nothing is served at this path.",
    "Compare the path with the reference, letter by letter; a slash at its end makes it another.",
  ),
  method_not_allowed: row(
    405,
    "METHOD_NOT_SUPPORTED",
    "Method not allowed",
    "The path exists, but does not take this method.",
    "Use one of the methods that the Allow header names.",
  ),
  version_mismatch: row(
    412,
    "PRECONDITION_FAILED",
    "Changed meanwhile",
    "The task is not as the request says it must be: somebody has changed it, or the tag is none of ours.",
    "Get the task, look at what has changed, and send yours again with the ETag that it came with.",
  ),
  version_required: row(
    428,
    "PRECONDITION_REQUIRED",
    "Version required",
    "A PUT replaces everything, so it has to say which version it replaces.",
    "Send If-Match with the task's ETag.",
  ),
  malformed_request: row(
    400,
    "BAD_REQUEST",
    "Malformed request",
    "The request's line, a header or its size says something that cannot be meant.",
    "Read the detail: it names what is malformed.",
  ),
  malformed_body: row(
    400,
    "PARSE_ERROR",
    "Malformed body",
    "The body is not valid JSON in UTF-8, names a member twice, or was cut off.",
    "Let a JSON library write the body, and send all of it.",
  ),
  invalid_idempotency_key: row(
    400,
    "BAD_REQUEST",
    "Invalid idempotency key",
    "Idempotency-Key is not one string of 1 to 255 ASCII characters in double quotes.",
    "Send a fresh random id in double quotes.",
  ),
  idempotency_in_progress: row(
    409,
    "CONFLICT",
    "Still at work",
    "The first request with this Idempotency-Key is not answered yet.",
    "Wait as long as Retry-After says, then send the same request again.",
  ),
  idempotency_key_reused: row(
    422,
    "UNPROCESSABLE_CONTENT",
    "Idempotency key reused",
    "This Idempotency-Key was used for another request.",
    "Take a new key for every new request; a retry has to be the same, body and all.",
  ),
  malformed_import: row(
    400,
    "BAD_REQUEST",
    "Malformed import",
    "The text to import is not an array in JSON, or not CSV with a header row, or an export that was cut off.",
    "Mend the line that errors names. Nothing was imported.",
  ),
  body_too_large: row(
    413,
    "PAYLOAD_TOO_LARGE",
    "Body too large",
    `The body has more bytes than are taken: ${MAX_BODY_BYTES / 1024} KiB, or 4 MiB for an import.`,
    "Send less at once.",
  ),
  unsupported_media_type: row(
    415,
    "UNSUPPORTED_MEDIA_TYPE",
    "Unsupported media type",
    "The body is of a media type or charset that is not taken here, or compressed.",
    "Send what the Accept header of the answer names, in UTF-8 and uncompressed.",
  ),
  validation_failed: row(
    422,
    "UNPROCESSABLE_CONTENT",
    "Invalid input",
    "The input was understood, but has fields or parameters that cannot be accepted.",
    "Mend what errors lists: each has a JSON pointer to the field and a sentence.",
  ),
  rate_limited: row(
    429,
    "TOO_MANY_REQUESTS",
    "Too many calls",
    "You have made as many calls as are taken in a minute; each call of a tRPC batch counts.",
    "Wait as long as Retry-After says. RateLimit tells in every answer how many calls are left.",
  ),
  too_many_calls_at_once: row(
    429,
    "TOO_MANY_REQUESTS",
    "Too many calls at once",
    "Each process works at eight calls of yours at a time; so many more were waiting, or for so long, that this one was not begun.",
    "Wait for answers before you send more, then send the same request again.",
  ),
  too_many_tasks: row(
    422,
    "UNPROCESSABLE_CONTENT",
    "Too many tasks",
    "You have as many tasks as one user may have, or would have with these.",
    "Delete some, such as the completed ones, or import fewer. Deleted tasks do not count.",
  ),
  unavailable: row(
    503,
    "SERVICE_UNAVAILABLE",
    "Not available",
    "The database is out of reach or overrun at the moment.",
    "Wait as long as Retry-After says, then send the same request again.",
  ),
  storage_full: row(
    503,
    "SERVICE_UNAVAILABLE",
    "No room left",
    "The database's disk is full: what is there can be read, and nothing can be written.",
    "Send the same request again later; whoever runs the server has to make room on its disk.",
  ),
  internal_error: row(
    500,
    "INTERNAL_SERVER_ERROR",
    "Internal error",
    "Something went wrong on the server, by no fault of the request.",
    "Try again; if it stays, tell whoever runs the server the requestId, which the log has too.",
  ),
};

const notAuthenticated = {
  status: 401,
  trpc: "UNAUTHORIZED",
  title: "Not authenticated",
  remedy:
    "Get a new token at GET /api/auth/token with the session's cookie, and send it as Authorization: Bearer. If you get none, sign in again.",
} as const;

/** The bridge's own codes (`token_expired`, …) have what their status has. */
export function rowOfStatus(status: number): Omit<ErrorRow, "when"> {
  if (status === 400) return errorTable.invalid_request;
  return status === 503 ? errorTable.unavailable : notAuthenticated;
}

const isBridgeCode = (code: string): code is BridgeErrorCode => Object.hasOwn(bridgeErrors, code);

/** What is to be said of a code, whichever table it is from. */
export function problemOf(code: ProblemCode): ErrorRow {
  if (!isBridgeCode(code)) return errorTable[code];
  const { status, description } = bridgeErrors[code];
  return { ...rowOfStatus(status), when: description };
}

/** Every code, each once. */
export const problemCodes = [
  ...new Set([...bridgeErrorCodes, ...(Object.keys(errorTable) as ErrorCode[])]),
];
