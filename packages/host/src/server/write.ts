import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
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
    await pass(Readable.fromWeb(body as WebStream), response);
  } else {
    headers.push("Content-Length", String(Buffer.byteLength(body)));
    response.writeHead(status, headers).end(body);
  }
}

/**
 * Passes a body on as it comes. Where one end breaks off so does the other one, by a reset: where the end of an
 * answer is that of its connection (HTTP/1.0, as nginx asks by default), a plain end would make half of it look whole.
 */
export async function pass(body: Readable, response: ServerResponse): Promise<void> {
  body.once("error", () => reset(response)).pipe(response);
  // There is nobody left to tell. Its connection may have ended before there was anything to pass on.
  await finished(response).catch(() => {});
  body.destroy();
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
  response.destroy();
}

function listOf({ headers }: Reply | Response, besides: HeaderList): string[] {
  const list = [...besides];
  if (headers instanceof Headers) for (const [name, value] of headers) list.push(name, value);
  else for (const name in headers) list.push(name, headers[name] ?? "");
  return list;
}
