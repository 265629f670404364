import { readBearer } from "@taskbridge/bridge";
import { DomainError, pointerOf } from "@taskbridge/contract";
import type { OwnerScope } from "@taskbridge/tasks";
import { checkDeclaredLength, checkMediaType, readJson, refuseBody } from "../body.ts";
import type { Context } from "../context.ts";
import { ProtocolError } from "../errors.ts";
import { createCaller } from "../router/index.ts";
import { answerOnce, fingerprintOf, readIdempotencyKey } from "./idempotency.ts";
import { parsePath, type RestPath } from "./path.ts";
import {
  etagOf,
  failedPrecondition,
  type Preconditions,
  preconditionFailed,
  readPreconditions,
  writeUnder,
} from "./preconditions.ts";
import { type RestAnswer, type RestRoute, routes } from "./routes.ts";
import { streamedText } from "./streamed-text.ts";

/**
 * Opens the tRPC procedures as REST below `/api/{user_id}/tasks`. The order is the contract: method
 * and size, token, the path's user against the token's, then body and query, then the procedure.
 * Throws what the error table knows.
 */
export async function handleRest(request: Request, context: Context): Promise<Response> {
  const path = parsePath(request.url, routes);
  if (!path) throw new ProtocolError("route_not_found", "There is no such route.");
  const found = findRoute(request.method, path);
  if (found instanceof Response) return found;
  checkDeclaredLength(request.headers, found.maxBodyBytes);

  const access = await context.verifier.verify(readBearer(request.headers));
  if (path.userId !== access.userId) {
    throw new ProtocolError("forbidden", "The path's user is not the token's user.");
  }

  const key = found.method === "POST" ? readIdempotencyKey(request.headers) : undefined;
  const conditions = readPreconditions(request.headers);
  const sent = await readBody(request, found);
  const query = found.query.parse(queryRecord(request.url));
  const body = found.body?.parse(sent);
  if (found.versionRequired && conditions.ifMatch === null) {
    throw new DomainError("version_required", "Say in If-Match which version is to be replaced.");
  }

  const answer = async (scope?: OwnerScope) => {
    const caller = createCaller({ ...context, access, scope });
    const call = (version?: number) => found.call(caller, { id: path.id, query, body, version });
    if (found.method === "GET") return respond(await call(), context, path, conditions);
    const changes = path.id !== "" && found.method !== "POST";
    const version = async () => (await caller.task.get({ id: path.id })).version;
    return respond(await (changes ? writeUnder(conditions, version, call) : call()), context, path);
  };
  if (key === undefined) return answer();
  const fingerprint = fingerprintOf(request, sent);
  return answerOnce(context.scopeOf(access), { key, fingerprint }, answer);
}

function readBody(request: Request, { body, mediaTypes, read }: RestRoute): unknown {
  if (!body) return refuseBody(request.headers);
  if (!read) return readJson(request, mediaTypes);
  checkMediaType(request.headers, mediaTypes);
  return read(request);
}

/** The row for a method, or the answer where there is none: OPTIONS says which there are. */
function findRoute(method: string, { resource }: RestPath): RestRoute | Response {
  const candidates = routes.filter((row) => row.resource === resource);
  const wanted = method === "HEAD" ? "GET" : method;
  const row = candidates.find((candidate) => candidate.method === wanted);
  if (row) return row;
  const methods = candidates.map((candidate) => candidate.method);
  const allow = ["OPTIONS", ...(methods.includes("GET") ? ["HEAD"] : []), ...methods].join(", ");
  if (method === "OPTIONS") return new Response(null, { status: 204, headers: { Allow: allow } });
  throw new ProtocolError("method_not_allowed", `This route takes ${allow}.`, { Allow: allow });
}

/** The query string as a record; a parameter that is given twice would leave one of them unread. */
function queryRecord(url: string): Record<string, string> {
  const entries = [...new URL(url).searchParams];
  const twice = entries.find(([name], at) => entries.findIndex(([other]) => other === name) < at);
  if (twice) {
    throw new DomainError("validation_failed", "A query parameter is given twice.", [
      { pointer: pointerOf([twice[0]]), message: "Is given more than once." },
    ]);
  }
  return Object.fromEntries(entries);
}

async function respond(
  answer: RestAnswer,
  { report }: Context,
  path: RestPath,
  conditions?: Preconditions,
): Promise<Response> {
  if (answer.kind === "text") return streamedText(answer, report);
  if (answer.kind === "gone") return new Response(null, { status: 204 });
  if (answer.kind === "data") {
    return Response.json(answer.body, { headers: { "Cache-Control": "private, no-cache" } });
  }
  // A browser may keep a task but has to ask whether it still holds.
  const headers = new Headers({
    ETag: etagOf(answer.task.version),
    "Cache-Control": "private, no-cache",
    Vary: "Authorization",
  });
  if (answer.kind === "created") {
    headers.set("Location", `/api/${encodeURIComponent(path.userId)}/tasks/${answer.task.id}`);
    return Response.json(answer.task, { status: 201, headers });
  }
  const failed = conditions && failedPrecondition(conditions, answer.task.version);
  if (failed === "ifMatch") throw preconditionFailed();
  if (failed === "ifNoneMatch") return new Response(null, { status: 304, headers });
  return Response.json(answer.task, { headers });
}
