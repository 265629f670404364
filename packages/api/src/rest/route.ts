import type { TransferFormat } from "@taskbridge/contract";
import { z } from "zod";
import type { Caller } from "../router/index.ts";

export type RestMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What a call brings, each part parsed by its own schema and none merged into another. */
export interface RestInput<Query, Body> {
  id: string;
  query: Query;
  body: Body;
  /** From If-Match. */
  version: number | undefined;
}

/** One thing with an address of its own; its version is its ETag. */
export interface Item {
  id: string;
  version: number;
}

/** What a procedure's answer becomes: an item gets its ETag, a new one its Location. */
export type RestAnswer =
  | { kind: "data"; body: unknown }
  | { kind: "item"; item: Item }
  | { kind: "created"; item: Item }
  | { kind: "text"; text: AsyncIterable<string>; format: TransferFormat }
  | { kind: "gone" };

export interface RestRoute {
  method: RestMethod;
  /** The path below `/api/{user_id}`; `{id}` stands for any segment that no other row spells out. */
  resource: string;
  query: z.ZodType;
  /** Absent where the method takes no body. */
  body?: z.ZodType;
  mediaTypes: readonly string[];
  /** Where the body may be longer than others. */
  maxBodyBytes?: number;
  /** Reads the body where it is more than JSON. */
  read?: (request: Request) => Promise<unknown>;
  /** PUT without If-Match is refused (428). */
  versionRequired?: boolean;
  /** The caller is of the router that the table stands beside. */
  call: (caller: never, input: RestInput<unknown, unknown>) => Promise<RestAnswer>;
}

export const noQuery = z.strictObject({});
const json = ["application/json"];

/** Checks a row's `call` against its schemas, then lets it stand in one table with the others. */
export function route<
  Query extends z.ZodType,
  Body extends z.ZodType = z.ZodType<undefined>,
  C = Caller,
>(row: {
  method: RestMethod;
  resource: string;
  query: Query;
  body?: Body;
  mediaTypes?: readonly string[];
  maxBodyBytes?: number;
  read?: (request: Request) => Promise<unknown>;
  versionRequired?: boolean;
  call: (caller: C, input: RestInput<z.output<Query>, z.output<Body>>) => Promise<RestAnswer>;
}): RestRoute {
  return { mediaTypes: json, ...row, call: row.call as RestRoute["call"] };
}

export const asItem = async (item: Promise<Item>): Promise<RestAnswer> => ({
  kind: "item",
  item: await item,
});

export const asCreated = async (item: Promise<Item>): Promise<RestAnswer> => ({
  kind: "created",
  item: await item,
});

export const asGone = async (deletion: Promise<unknown>): Promise<RestAnswer> => {
  await deletion;
  return { kind: "gone" };
};

export const data = async (answer: Promise<unknown>): Promise<RestAnswer> => ({
  kind: "data",
  body: await answer,
});
