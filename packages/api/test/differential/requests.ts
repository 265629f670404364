import { routes } from "../../src/rest/routes.ts";
import { appRouter } from "../../src/router/index.ts";
import { objectOf } from "./bodies.ts";
import { generators, type Operation } from "./generators.ts";
import type { Json, Member } from "./values.ts";

const origin = "http://localhost:3000";
const spelledOut = new Set(routes.map(({ resource }) => resource));

/** Why REST has no words for an operation: it has only text in a query, and only paths in a path. */
export function inexpressible({ id, query, imported }: Operation): string | undefined {
  if (id === "." || id === ".." || id === "" || spelledOut.has(`/tasks/${id}`)) {
    return "an id that is another path";
  }
  for (const [name, value] of query) {
    const parsed: unknown = JSON.parse(value);
    if (name === "limit" && typeof parsed === "string") return "a number as text";
    if (name === "limit" ? typeof parsed === "number" : typeof parsed === "string") {
      if (typeof parsed === "string" && !parsed.isWellFormed()) return "half a surrogate pair";
    } else return "another type than text";
  }
  // The body of an import is bytes; in JSON it is a text, in which escapes can say anything.
  return imported && !imported.text.isWellFormed() ? "half a surrogate pair" : undefined;
}

/** Resolves the names in a text for one door. */
type Resolve = (text: string) => string;

interface Asked {
  userId: string;
  authorization: string[];
  /** Of the version that is named, if one is. */
  etag: string | undefined;
  resolve: Resolve;
}

export function restRequest(
  operation: Operation,
  { userId, authorization, etag, resolve }: Asked,
): Request {
  const { route, id = "", query, imported, twist, key } = operation;
  const [method = "", resource = ""] = route.split(" ");
  const path = resource.replace("{id}", () => encodeURIComponent(resolve(id)));
  const url = new URL(`${origin}/api/${userId}${path}`);
  for (const [name, value] of query)
    url.searchParams.append(name, resolve(String(JSON.parse(value))));
  const headers = new Headers();
  const body = textOf(operation);
  if (body !== undefined)
    headers.set("Content-Type", imported?.format === "csv" ? "text/csv" : json);
  if (etag) headers.set("If-Match", etag);
  if (key && method === "POST") headers.set("Idempotency-Key", `"${crypto.randomUUID()}"`);
  return sent(url, { method, headers, twist, authorization, body: body && resolve(body) });
}

export function trpcRequest(
  operation: Operation,
  { authorization, resolve }: { authorization: string[]; resolve: Resolve },
): Request {
  const { route, twist, batch } = operation;
  const { procedure } = generators[route] ?? { procedure: "" };
  const query = procedures[procedure]?._def.type === "query";
  // An export streams, and tRPC streams batches alone.
  const streamed = procedure === "task.export";
  const input = inputOf(operation);
  const url = new URL(`${origin}/api/trpc/${procedure}`);
  const headers = new Headers();
  if (streamed) headers.set("trpc-accept", "application/jsonl");
  let text = input && resolve(input);
  if (batch || streamed) {
    url.searchParams.set("batch", "1");
    text = text === undefined ? "{}" : `{"0":${text}}`;
  }
  if (query && text !== undefined) url.searchParams.set("input", text);
  if (!query) headers.set("Content-Type", json);
  const method = query ? "GET" : "POST";
  return sent(url, { method, headers, twist, authorization, body: query ? undefined : text });
}

const json = "application/json";
export const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: "query" | "mutation"; inputs: import("zod").ZodType[] } }
>;

const textOf = ({ body, imported }: Operation): string | undefined =>
  imported?.text ?? (Array.isArray(body) ? objectOf(body) : body);

/** The procedure's input: where REST has a path, a query, a header and a body, one object. */
function inputOf({
  route,
  id,
  query,
  version,
  body,
  imported,
  batch,
}: Operation): Json | undefined {
  if (imported) return JSON.stringify(imported);
  // What is no object has no members to put others beside, nor is it taken by either door.
  if (typeof body === "string") return body;
  const members: Member[] = [...query];
  if (id !== undefined) members.push(["id", JSON.stringify(id)]);
  if (version) members.push(["version", String(version)]);
  members.push(...(route.startsWith("PUT") ? whole(body ?? []) : (body ?? [])));
  return members.length > 0 || body || batch ? objectOf(members) : undefined;
}

/** PUT replaces all of a task: what it leaves out goes back to what a new task has. */
function whole(body: Member[]): Member[] {
  const defaults: Member[] = [
    // Needed: leaving it out is as wrong as null is.
    ["title", "null"],
    ["notes", '""'],
    ["completed", "false"],
    ["dueDate", "null"],
    ["priority", '"none"'],
    ["tags", "[]"],
  ];
  return [...defaults.filter(([name]) => !body.some(([other]) => other === name)), ...body];
}

interface Sent {
  method: string;
  headers: Headers;
  twist: Operation["twist"];
  authorization: string[];
  body: string | undefined;
}

function sent(url: URL, { method, headers, twist, authorization, body }: Sent): Request {
  for (const value of authorization) headers.append("Authorization", value);
  if (twist === "declared too long") headers.set("Content-Length", "300000");
  if (twist === "announced body") headers.set("Content-Length", "2");
  if (twist === "text/plain") headers.set("Content-Type", "text/plain");
  if (twist === "gzip") headers.set("Content-Encoding", "gzip");
  const type = headers.get("Content-Type");
  if (type && twist === "utf-8")
    headers.set("Content-Type", `${type.toUpperCase()}; charset="UTF-8"`);
  if (type && twist === "utf-16") headers.set("Content-Type", `${type}; charset=utf-16`);
  return new Request(url, {
    method,
    headers,
    ...(body !== undefined && { body: bytes(body, twist) }),
  });
}

function bytes(body: string, twist: Operation["twist"]): Uint8Array<ArrayBuffer> | string {
  if (twist === "not UTF-8") return Uint8Array.from([...Buffer.from(body), 0xff]);
  if (twist === "BOM") return `\ufeff${body}`;
  return twist === "too long" ? `${body}${" ".repeat(300_000)}` : body;
}
