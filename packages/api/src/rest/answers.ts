import type { TransferFormat } from "@taskbridge/contract";
import type { z } from "zod";
import type { Arrival } from "../context.ts";
import { adding, emptyReply, type Reply, textOf } from "../reply.ts";
import { etagOf } from "./entity-tag.ts";
import type { RestPath } from "./path.ts";
import {
  assertPreconditions,
  failedPrecondition,
  type Item,
  type Preconditions,
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

/** JSON about many things, which nobody keeps: it would outlive the sign-out in a browser's cache. */
export const data = <Schema extends z.ZodType>(schema: Schema): RestAnswer<z.output<Schema>> => ({
  status: 200,
  content: { "application/json": schema },
  headers: [],
  respond: (body) => ({
    status: 200,
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
    body: textOf(body),
  }),
});

/** An item with its tag, to be kept and asked about each time; 304 or 412 as a read's conditions will have it. */
export const item = <T extends Item>(schema: z.ZodType<T>): RestAnswer<T> => ({
  status: 200,
  content: { "application/json": schema },
  headers: ["ETag"],
  respond(value, { conditions }) {
    const reply = itemReply(value);
    const etag = reply.headers.ETag ?? "";
    if (!conditions) return reply;
    if (failedPrecondition(conditions, etag) === "ifNoneMatch") {
      const { "Content-Type": _, ...headers } = reply.headers;
      return emptyReply(304, headers);
    }
    assertPreconditions(conditions, etag);
    return reply;
  },
});

/** A new item, and where it is. */
export const created = <T extends Item>(schema: z.ZodType<T>): RestAnswer<T> => ({
  status: 201,
  content: { "application/json": schema },
  headers: ["ETag", "Location"],
  respond(value, { path: { userId, resource } }) {
    const { headers, body } = itemReply(value);
    const location = `/api/${encodeURIComponent(userId)}${resource}/${value.id}`;
    return { status: 201, headers: adding(headers, { Location: location }), body };
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

/** The text by which an item is answered, and which its tag is of. */
export const itemText = (value: Item) => JSON.stringify(value);

function itemReply(value: Item): Reply {
  const body = itemText(value);
  return {
    status: 200,
    headers: {
      "Content-Type": "application/json",
      ETag: etagOf(body),
      "Cache-Control": "private, no-cache",
      Vary: "Authorization",
    },
    body,
  };
}
