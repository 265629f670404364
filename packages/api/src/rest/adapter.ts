import type { VerifiedAccess } from "@taskbridge/bridge";
import { DomainError, pointerOf } from "@taskbridge/contract";
import type { OwnerScope } from "@taskbridge/tasks";
import { admit } from "../admit.ts";
import type { ApiRequest } from "../api-request.ts";
import { checkDeclaredLength, checkMediaType, readJson, readNothing, refuseBody } from "../body.ts";
import { untilRead } from "../calls-in-flight.ts";
import type { Arrival, Context } from "../context.ts";
import { ProtocolError } from "../errors.ts";
import { answerOnce, fingerprintOf, readIdempotencyKey } from "../idempotency.ts";
import { emptyReply, type Reply } from "../reply.ts";
import { itemText } from "./answers.ts";
import { etagOf } from "./entity-tag.ts";
import { parsePath, type RestPath } from "./path.ts";
import {
  allowsAny,
  assertPreconditions,
  type Item,
  readPreconditions,
  writeIf,
} from "./preconditions.ts";
import { guardsOneItem, type RestRoute } from "./route.ts";
import { assertUnchanged, splitBody } from "./server-set.ts";

/** What REST opens: rows, and a maker of callers of the router whose procedures they call. */
export interface RestTable {
  routes: readonly RestRoute[];
  createCaller: (context: Context) => unknown;
}

/**
 * Opens tRPC procedures as REST below `/api/{user_id}`. The order is the contract: method
 * and size, token, how many calls, the path's user against the token's, then body and query, then the procedure.
 * Throws what the error table knows, at once or later.
 */
export function handleRest(
  request: ApiRequest,
  arrival: Arrival,
  table: RestTable,
): Promise<Reply> | Reply {
  const path = parsePath(arrival.url, table.routes);
  if (!path) throw new ProtocolError("route_not_found", "There is no such route.");
  const found = findRoute(request.method, path, table.routes);
  if ("status" in found) return found;
  checkDeclaredLength(request.headers, found.maxBodyBytes);
  return answerAs(admit(arrival), { request, arrival, table, path, found });
}

interface Found {
  request: ApiRequest;
  arrival: Arrival;
  table: RestTable;
  path: RestPath;
  found: RestRoute;
}

async function answerAs(admitted: ReturnType<typeof admit>, asked: Found): Promise<Reply> {
  const access = await admitted;
  if (asked.path.userId !== access.userId) {
    throw new ProtocolError("forbidden", "The path's user is not the token's user.");
  }
  const turn = asked.arrival.beginTurn?.(access.userId);
  const end = turn instanceof Promise ? await turn : turn;
  let lasts = false;
  try {
    const reply = await answerInTurn(access, asked);
    if (!end || !(reply.body instanceof ReadableStream)) return reply;
    lasts = true;
    return { ...reply, body: untilRead(reply.body, end) };
  } finally {
    if (!lasts) end?.();
  }
}

async function answerInTurn(
  access: VerifiedAccess,
  { request, arrival, table, path, found }: Found,
): Promise<Reply> {
  const { routes, createCaller } = table;

  const key = found.method === "POST" ? readIdempotencyKey(request.headers) : undefined;
  const conditions = readPreconditions(request.headers);
  const sent = await readBody(request, found);
  const query = found.query.parse(queryRecord(arrival.url));
  const { repeated, rest: body } = splitBody(found.body?.parse(sent), found.serverSet);
  if (found.versionRequired && conditions.ifMatch === null) {
    throw new DomainError("version_required", "Say in If-Match which version is to be replaced.");
  }

  const answer = async (scope?: OwnerScope) => {
    const caller = createCaller({ arrival, access, scope }) as never;
    const call = (version?: number) => found.call(caller, { id: path.id, query, body, version });
    const { respond } = found.answer;
    if (found.method === "GET") return respond(await call(), { arrival, path, conditions });
    const check = (item: Item) => {
      assertPreconditions(conditions, etagOf(itemText(item)));
      assertUnchanged(repeated, item);
    };
    const unguarded = allowsAny(conditions) && Object.keys(repeated).length === 0;
    const present = () => presentItem(routes, path, caller);
    const value = guardsOneItem(found) && !unguarded ? writeIf(check, present, call) : call();
    return respond(await value, { arrival, path, conditions: null });
  };
  if (key === undefined) return answer();
  const fingerprint = fingerprintOf(request.method, arrival.url, path, sent);
  const once = { request: { key, fingerprint }, tasks: arrival.tasks };
  return answerOnce(arrival.scopeOf(access), once, answer);
}

/** By the row that reads the same item. */
async function presentItem(routes: readonly RestRoute[], path: RestPath, caller: never) {
  const { resource, id } = path;
  const reads = routes.find((row) => row.method === "GET" && row.resource === resource);
  if (!reads) throw new TypeError("A row that changes an item needs one that reads it.");
  const input = { id, query: {}, body: undefined, version: undefined };
  return (await reads.call(caller, input)) as Item;
}

function readBody(request: ApiRequest, { method, body, mediaTypes, read }: RestRoute): unknown {
  if (!body) return method === "GET" ? refuseBody(request) : readNothing(request);
  if (!read) return readJson(request, mediaTypes);
  checkMediaType(request.headers, mediaTypes);
  return read(request);
}

/** The row for a method, or the answer where there is none: OPTIONS says which there are. */
function findRoute(
  method: string,
  { resource }: RestPath,
  routes: readonly RestRoute[],
): RestRoute | Reply {
  const wanted = method === "HEAD" ? "GET" : method;
  for (const row of routes) if (row.resource === resource && row.method === wanted) return row;
  const methods = routes.filter((row) => row.resource === resource).map((row) => row.method);
  const allow = ["OPTIONS", ...(methods.includes("GET") ? ["HEAD"] : []), ...methods].join(", ");
  if (method === "OPTIONS") return emptyReply(204, { Allow: allow });
  throw new ProtocolError("method_not_allowed", `This route takes ${allow}.`, { Allow: allow });
}

/** Far more than any route knows. */
const MAX_PARAMETERS = 50;

/** The query string as a record; a parameter that is given twice would leave one of them unread. */
function queryRecord({ search, searchParams }: URL): Record<string, string> {
  if (search === "") return {};
  const record = new Map<string, string>();
  for (const [name, value] of searchParams) {
    if (record.has(name)) {
      throw new DomainError("validation_failed", "A query parameter is given twice.", [
        { pointer: pointerOf([name]), message: "Is given more than once." },
      ]);
    }
    if (record.size === MAX_PARAMETERS) {
      const message = `Must have at most ${MAX_PARAMETERS} parameters.`;
      throw new DomainError("validation_failed", message, [{ pointer: "", message }]);
    }
    record.set(name, value);
  }
  return Object.fromEntries(record);
}
