import type { AnswerHeader } from "../answers.ts";
import { example } from "./examples.ts";
import type { Json } from "./schemas.ts";

type HeaderName =
  | AnswerHeader
  | "X-Request-Id"
  | "Idempotency-Replayed"
  | "RateLimit"
  | "RateLimit-Policy"
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
  ETag: text(
    "Stands for exactly this content. Opaque: If-Match and If-None-Match take it as it came, weak or with a coding at its end where a proxy compresses.",
    example.etag,
  ),
  Location: text("Where the new task is.", `/api/${example.userId}/tasks/${example.taskId}`),
  "Content-Disposition": text("The file's name.", 'attachment; filename="tasks.json"'),
  "X-Request-Id": text("Names the request in the server's log.", example.requestId),
  "Idempotency-Replayed": text("`true` where the answer was kept from the first.", "true", false),
  RateLimit: {
    ...text(
      "How many calls are left (`r`), and in how many seconds the count begins anew (`t`). Not sent where the server has no limit.",
      '"default";r=599;t=60',
      false,
    ),
    schema: { type: "string", pattern: '^"default";r=[0-9]+;t=[1-9][0-9]*$' },
  },
  "RateLimit-Policy": {
    ...text(
      "How many calls of one user (`q`) are taken in so many seconds (`w`).",
      '"default";q=600;w=60',
      false,
    ),
    schema: { type: "string", pattern: '^"default";q=[1-9][0-9]*;w=[1-9][0-9]*$' },
  },
  "WWW-Authenticate": text("What was wrong with the token.", 'Bearer realm="taskbridge"'),
  "Retry-After": text("In how many seconds to come back.", "1"),
  Allow: text("The methods that the path takes.", "OPTIONS, HEAD, GET, POST"),
  Accept: text("The media types that are taken.", "application/json", false),
};

export const headerRefs = (names: readonly HeaderName[]): Json =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** What every answer has to a caller whose token was verified. */
export const countedHeaders = [
  "X-Request-Id",
  "RateLimit",
  "RateLimit-Policy",
] as const satisfies HeaderName[];

/** The headers that come with refusals of a status. */
export const refusalHeaders = (status: number): HeaderName[] => {
  const own: Record<number, HeaderName> = {
    401: "WWW-Authenticate",
    405: "Allow",
    409: "Retry-After",
    415: "Accept",
    429: "Retry-After",
    503: "Retry-After",
  };
  // These come before anybody is known to count for.
  const common = [401, 405].includes(status) ? (["X-Request-Id"] as const) : countedHeaders;
  return [...common, ...(own[status] ? [own[status]] : [])];
};
