import { PAGE_SIZE, pageSizeSchema } from "@taskbridge/contract";
import { z } from "zod";
import type { ApiRequest } from "../api-request.ts";
import type { ErrorCode } from "../error-table.ts";
import type { Caller } from "../router/index.ts";
import type { RestAnswer } from "./answers.ts";

export type RestMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What a call brings, each part parsed by its own schema and none merged into another. */
export interface RestInput<Query, Body> {
  id: string;
  query: Query;
  body: Body;
  /** From If-Match. */
  version: number | undefined;
}

/** What a row of the table says. The adapter acts by it, and the OpenAPI document is made from it. */
interface RouteRow<Query, Body, Value, C> {
  method: RestMethod;
  /** The path below `/api/{user_id}`; `{id}` stands for any segment that no other row spells out. */
  resource: string;
  /** Names the operation in the document, and the function in clients that are made from it. */
  operationId: string;
  /** A few words. */
  summary: string;
  /** What the summary leaves open, in Markdown. */
  description?: string;
  query: z.ZodObject;
  /** Absent where the method takes no body. */
  body?: z.ZodType;
  mediaTypes?: readonly string[];
  /** Members of the body that only the server sets: passed over as they are, refused where they differ. */
  serverSet?: readonly string[];
  /** Where the body may be longer than others. */
  maxBodyBytes?: number;
  /** Reads the body where it is more than JSON. */
  read?: (request: ApiRequest) => Promise<unknown>;
  /** By media type, what a body looks like that `read` makes something else of. */
  sent?: Readonly<Record<string, z.ZodType>>;
  /** PUT without If-Match is refused (428). */
  versionRequired?: boolean;
  answer: RestAnswer<Value>;
  /** What can go wrong beside what follows from the rest of the row. */
  errors?: readonly ErrorCode[];
  /** The caller is of the router that the table stands beside. */
  call: (caller: C, input: RestInput<Query, Body>) => Promise<Value>;
}

export interface RestRoute extends RouteRow<unknown, unknown, unknown, never> {
  mediaTypes: readonly string[];
}

/** Checks a row's `call` against its schemas, then lets it stand in one table with the others. */
export function route<
  Query extends z.ZodObject,
  Value,
  Body extends z.ZodType = z.ZodType<undefined>,
  C = Caller,
>(
  row: RouteRow<z.output<Query>, z.output<Body>, Value, C> & { query: Query; body?: Body },
): RestRoute {
  const mediaTypes = Object.keys(row.sent ?? { "application/json": row.body });
  return { mediaTypes, ...row } as unknown as RestRoute;
}

export const noQuery = z.strictObject({});

// A query string has only text: this is where a number is read from it, and nothing else is.
export const limit = z
  .string()
  .regex(/^[0-9]{1,9}$/, "Must be a whole number.")
  .transform(Number)
  .pipe(pageSizeSchema)
  .default(PAGE_SIZE);

/** Whether If-Match and If-None-Match guard what a route does: a change of one thing that is there. */
export const guardsOneItem = ({ resource, method }: RestRoute) =>
  resource.endsWith("{id}") && method !== "GET" && method !== "POST";
