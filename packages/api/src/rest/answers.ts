import type { TransferFormat } from "@taskbridge/contract";
import type { z } from "zod";
import type { Arrival } from "../context.ts";
import { adding, emptyReply, jsonReply, type Reply, textOf } from "../reply.ts";
import type { RestPath } from "./path.ts";
import {
  etagOf,
  failedPrecondition,
  type Preconditions,
  preconditionFailed,
} from "./preconditions.ts";
import { contentTypes, streamedText } from "./streamed-text.ts";

/** A header that an answer has beside those that all have. */
export type AnswerHeader = "ETag" | "Location" | "Content-Disposition";

/** What a route answers when all went well: what the document says of it, and how it is made. */
export interface RestAnswer<Value = unknown> {
  status: number;
  /** The body's schema by its media type; none where there is no body. */
  content: Readonly<Record<string, z.ZodType>>;
  headers: readonly AnswerHeader[];
  respond: (value: Value, request: Answered) => Reply | Promise<Reply>;
}

/** What of the request an answer depends on. */
export interface Answered {
  arrival: Pick<Arrival, "report">;
  path: Pick<RestPath, "userId" | "resource">;
  /** Of a read; where something is changed they guard the change. */
  conditions: Preconditions | null;
}

/** JSON that a browser may keep, but has to ask about each time. */
export const data = <Schema extends z.ZodType>(schema: Schema): RestAnswer<z.output<Schema>> => ({
  status: 200,
  content: { "application/json": schema },
  headers: [],
  respond: (body) => ({
    status: 200,
    headers: { "Content-Type": "application/json", "Cache-Control": "private, no-cache" },
    body: textOf(body),
  }),
});

/** One thing with an address of its own. */
export interface Item {
  id: string;
  version: number;
}

/** An item, with its version as its tag; 304 or 412 as a read's conditions will have it. */
export const item = <T extends Item>(schema: z.ZodType<T>): RestAnswer<T> => ({
  status: 200,
  content: { "application/json": schema },
  headers: ["ETag"],
  respond(value, { conditions }) {
    const headers = itemHeaders(value);
    const failed = conditions && failedPrecondition(conditions, etagOf(value.version));
    if (failed === "ifMatch") throw preconditionFailed(failed);
    if (failed === "ifNoneMatch") return emptyReply(304, headers);
    return jsonReply(value, headers);
  },
});

/** A new item, and where it is. */
export const created = <T extends Item>(schema: z.ZodType<T>): RestAnswer<T> => ({
  status: 201,
  content: { "application/json": schema },
  headers: ["ETag", "Location"],
  respond(value, { path: { userId, resource } }) {
    const location = `/api/${encodeURIComponent(userId)}${resource}/${value.id}`;
    return jsonReply(value, adding(itemHeaders(value), { Location: location }), 201);
  },
});

/** Nothing is left to tell. */
export const gone: RestAnswer<unknown> = {
  status: 204,
  content: {},
  headers: [],
  respond: () => emptyReply(204),
};

/** A file, written as it is sent, in the format that was asked for. */
export const file = (
  schemas: Record<TransferFormat, z.ZodType>,
): RestAnswer<{ text: AsyncIterable<string>; format: TransferFormat }> => ({
  status: 200,
  content: { [contentTypes.json]: schemas.json, [contentTypes.csv]: schemas.csv },
  headers: ["Content-Disposition"],
  respond: (value, { arrival }) => streamedText(value, (error) => arrival.report(error)),
});

const itemHeaders = ({ version }: Item): Record<string, string> => ({
  ETag: etagOf(version),
  "Cache-Control": "private, no-cache",
  Vary: "Authorization",
});
