import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import type { Reply } from "@taskbridge/api";

const headersOf = (headers: Headers) => {
  const cookies = headers.getSetCookie();
  return {
    ...Object.fromEntries(headers),
    ...(cookies.length > 0 ? { "set-cookie": cookies } : {}),
  };
};

/** Writes an answer. Resolves when all of it is on its way, or when nobody wants it any more. */
export async function write(answer: Reply | Response, response: ServerResponse): Promise<void> {
  const { status, body } = answer;
  const headers = answer instanceof Response ? headersOf(answer.headers) : answer.headers;
  if (body === null) {
    response.writeHead(status, headers).end();
  } else if (body instanceof ReadableStream) {
    response.writeHead(status, headers).flushHeaders();
    // Where one end breaks off so does the other one: there is nobody left to tell.
    await pipeline(Readable.fromWeb(body as WebStream), response).catch(() => {});
  } else {
    response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) }).end(body);
  }
}
