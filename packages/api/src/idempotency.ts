import { createHash } from "node:crypto";
import { DomainError } from "@taskbridge/contract";
import type { OwnerScope, RequestScope, TaskService } from "@taskbridge/tasks";
import type { ReadHeaders } from "./api-request.ts";
import { ProtocolError } from "./errors.ts";
import { keep, restore } from "./kept-answer.ts";
import type { Reply } from "./reply.ts";
import type { RestPath } from "./rest/path.ts";

/** RFC 8941 §3.3.3: printable ASCII in double quotes; a backslash stands only before `"` and itself. */
export const idempotencyKeyPattern = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$/;

/** The key in `Idempotency-Key`, one string item without parameters; undefined where there is none. */
export function readIdempotencyKey(headers: ReadHeaders): string | undefined {
  const header = headers.get("idempotency-key");
  if (header === null) return undefined;
  const key = idempotencyKeyPattern.exec(header)?.[1]?.replace(/\\(.)/g, "$1");
  if (key) return key;
  throw new ProtocolError(
    "invalid_idempotency_key",
    'Idempotency-Key must be one string of 1 to 255 ASCII characters in double quotes, such as "8e03978e-40d5".',
  );
}

/** Tells a REST request from others: its method, its target and its body, however that was written down. */
export function fingerprintOf(
  method: string,
  url: URL,
  { resource, id }: RestPath,
  body: unknown,
): string {
  const target = [method, resource, id.toLowerCase(), url.search];
  return digest([...target, body]);
}

/** Tells a tRPC call from others, and from every REST request. */
export const fingerprintOfCall = ({ pathname }: URL, input: unknown): string =>
  digest([pathname, input]);

function digest(value: unknown): string {
  try {
    return createHash("sha256").update(JSON.stringify(value, inOrder)).digest("base64url");
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProtocolError("malformed_body", "The body is nested too deeply.");
  }
}

/** For JSON.stringify: the members of objects in the order of their names. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Once {
  request: { key: string; fingerprint: string };
  tasks: Pick<TaskService, "getMany">;
}

/** Carries a request out once for its key. A failure is thrown, and leaves the key free. */
export async function answerOnce(
  scope: RequestScope,
  { request, tasks }: Once,
  work: (scope: OwnerScope) => Promise<Reply>,
): Promise<Reply> {
  let first: Reply | undefined;
  const outcome = await scope.once(request, async (inner) => {
    first = await work(inner);
    return keep(first);
  });
  switch (outcome.kind) {
    case "answered":
      if (!outcome.replayed && first) return first;
      return replayed(await restore(outcome.answer, { scope, tasks }));
    case "key_reused":
      throw new ProtocolError(
        "idempotency_key_reused",
        "This Idempotency-Key was used for another request; take a new one.",
      );
    case "in_progress":
      throw new ProtocolError(
        "idempotency_in_progress",
        "The first request with this Idempotency-Key is still at work; ask again shortly.",
        { "Retry-After": "1" },
      );
    case "owner_gone":
      throw new DomainError("owner_gone", "The account of this token was deleted.");
  }
}

const replayed = (reply: Reply): Reply => ({
  ...reply,
  headers: { ...reply.headers, "Idempotency-Replayed": "true" },
});
