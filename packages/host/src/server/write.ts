import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import type { Reply } from "@taskbridge/api";

/** Names and values in turn: of all forms in which Node takes headers, the one that costs it least. */
export type HeaderList = readonly string[];

/**
 * Writes an answer, with these headers besides. Resolves when all of it is on its way, or when nobody
 * wants it any more.
 */
export async function write(
  answer: Reply | Response,
  response: ServerResponse,
  besides: HeaderList = [],
): Promise<void> {
  const { status, body } = answer;
  const headers = listOf(answer, besides);
  if (body === null) {
    response.writeHead(status, headers).end();
  } else if (body instanceof ReadableStream) {
    response.writeHead(status, headers).flushHeaders();
    // Where one end breaks off so does the other one: there is nobody left to tell.
    await pipeline(Readable.fromWeb(body as WebStream), response).catch(() => {});
  } else {
    headers.push("Content-Length", String(Buffer.byteLength(body)));
    response.writeHead(status, headers).end(body);
  }
}

function listOf({ headers }: Reply | Response, besides: HeaderList): string[] {
  const list = [...besides];
  if (headers instanceof Headers) for (const [name, value] of headers) list.push(name, value);
  else for (const name in headers) list.push(name, headers[name] ?? "");
  return list;
}
