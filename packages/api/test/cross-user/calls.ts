import { appRouter } from "../../src/router/index.ts";
import { generators } from "../differential/generators.ts";

/** A call of a row of the route table, or of a procedure that has none. */
export interface Call {
  row: string;
  id?: string;
  query?: Record<string, string | number>;
  body?: Record<string, unknown>;
  imported?: { format: "json" | "csv"; text: string };
  version?: number | undefined;
}

/** Who asks: whose token, and whose path. */
interface Asker {
  id: string;
  token: string;
}
interface How {
  headers?: Record<string, string>;
  method?: string;
}

const origin = "http://localhost:3000";
const json = "application/json";

export const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: "query" | "mutation" } }
>;

/** The procedure that a row calls: `doors-agree.db.test.ts` sees that the generators know it. */
export const procedureOf = (row: string) => generators[row]?.procedure ?? row;
export const isQuery = ({ row }: Call) => procedures[procedureOf(row)]?._def.type === "query";

export function restRequest(call: Call, { id: user, token }: Asker, how: How = {}): Request {
  const { row, id = "", query = {}, body, imported, version } = call;
  const [method = "", resource = ""] = row.split(" ");
  const path = resource.replace("{id}", () => encodeURIComponent(id));
  const url = new URL(`${origin}/api/${encodeURIComponent(user)}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  const headers = new Headers({ Authorization: `Bearer ${token}`, ...how.headers });
  // REST names no version but by its tag, which nobody knows of another's task.
  if (version !== undefined) headers.set("If-Match", "*");
  if (imported?.format === "csv") headers.set("Content-Type", "text/csv");
  else if (imported ?? body) headers.set("Content-Type", json);
  const text = imported?.text ?? (body && JSON.stringify(body));
  return new Request(url, { method: how.method ?? method, headers, ...(text && { body: text }) });
}

/** One call, or a batch of calls that are all queries or all mutations. */
export function trpcRequest(calls: readonly Call[], { token }: Asker, how: How = {}): Request {
  const [first] = calls;
  if (!first) throw new RangeError("There is nothing to call.");
  // An export streams, and tRPC streams batches alone.
  const streamed = first.row.endsWith("/export");
  const batch = streamed || calls.length > 1;
  const names = calls.map(({ row }) => procedureOf(row)).join();
  const url = new URL(`${origin}/api/trpc/${names}`);
  if (batch) url.searchParams.set("batch", "1");
  const inputs = calls.map(inputOf);
  const text = JSON.stringify(batch ? { ...inputs } : inputs[0]);
  const headers = new Headers({ Authorization: `Bearer ${token}`, ...how.headers });
  if (streamed) headers.set("trpc-accept", "application/jsonl");
  if (isQuery(first)) {
    if (text !== undefined) url.searchParams.set("input", text);
    return new Request(url, { headers });
  }
  headers.set("Content-Type", json);
  return new Request(url, { method: "POST", headers, body: text ?? "" });
}

function inputOf({ id, query, body, imported, version }: Call): object | undefined {
  const input = {
    ...(id !== undefined && { id }),
    ...(version !== undefined && { version }),
    ...query,
    ...body,
    ...imported,
  };
  return Object.keys(input).length > 0 ? input : undefined;
}
