import type { AnswerHeader } from "../answers.ts";
import { example } from "./examples.ts";
import type { Json } from "./schemas.ts";

type HeaderName =
  | AnswerHeader
  | "X-Request-Id"
  | "Idempotency-Replayed"
  | "WWW-Authenticate"
  | "Retry-After"
  | "Allow"
  | "Accept";

const text = (description: string, sample: string, required = true): Json => ({
  description,
  required,
  schema: { type: "string" },
  example: sample,
});

/** The headers that answers have, for the document's components. */
export const headerComponents: Record<HeaderName, Json> = {
  ETag: text("The task's version in quotes: for If-Match and If-None-Match.", example.etag),
  Location: text("Where the new task is.", `/api/${example.userId}/tasks/${example.taskId}`),
  "Content-Disposition": text("The file's name.", 'attachment; filename="tasks.json"'),
  "X-Request-Id": text("Names the request in the server's log.", example.requestId),
  "Idempotency-Replayed": text("`true` where the answer was kept from the first.", "true", false),
  "WWW-Authenticate": text("What was wrong with the token.", 'Bearer realm="taskbridge"'),
  "Retry-After": text("In how many seconds to come back.", "1"),
  Allow: text("The methods that the path takes.", "OPTIONS, HEAD, GET, POST"),
  Accept: text("The media types that are taken.", "application/json", false),
};

export const headerRefs = (names: readonly HeaderName[]): Json =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** The headers that come with refusals of a status. */
export const refusalHeaders = (status: number): HeaderName[] => {
  const own: Record<number, HeaderName> = {
    401: "WWW-Authenticate",
    405: "Allow",
    409: "Retry-After",
    415: "Accept",
    503: "Retry-After",
  };
  return ["X-Request-Id", ...(own[status] ? [own[status]] : [])];
};
