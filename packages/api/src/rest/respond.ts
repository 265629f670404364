import type { Context } from "../context.ts";
import type { RestPath } from "./path.ts";
import {
  etagOf,
  failedPrecondition,
  type Preconditions,
  preconditionFailed,
} from "./preconditions.ts";
import type { RestAnswer } from "./route.ts";
import { streamedText } from "./streamed-text.ts";

/** A procedure's answer as HTTP says it; of one that reads, the conditions are looked at. */
export async function respond(
  answer: RestAnswer,
  { report }: Pick<Context, "report">,
  path: RestPath,
  conditions?: Preconditions,
): Promise<Response> {
  if (answer.kind === "text") return streamedText(answer, report);
  if (answer.kind === "gone") return new Response(null, { status: 204 });
  if (answer.kind === "data") {
    return Response.json(answer.body, { headers: { "Cache-Control": "private, no-cache" } });
  }
  const { item } = answer;
  // A browser may keep it but has to ask whether it still holds.
  const headers = new Headers({
    ETag: etagOf(item.version),
    "Cache-Control": "private, no-cache",
    Vary: "Authorization",
  });
  if (answer.kind === "created") {
    const user = encodeURIComponent(path.userId);
    headers.set("Location", `/api/${user}${path.resource}/${item.id}`);
    return Response.json(item, { status: 201, headers });
  }
  const failed = conditions && failedPrecondition(conditions, item.version);
  if (failed === "ifMatch") throw preconditionFailed();
  if (failed === "ifNoneMatch") return new Response(null, { status: 304, headers });
  return Response.json(item, { headers });
}
