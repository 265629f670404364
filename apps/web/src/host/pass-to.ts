import { Agent, type IncomingMessage, request, type ServerResponse } from "node:http";
import { MAX_FORM_BYTES, refuse, refuseLongBody } from "@taskbridge/api";
import { log } from "@taskbridge/host";
import type { Reached } from "@taskbridge/host/headers";
import { apiListener, type Listener, pass } from "@taskbridge/host/server";
import { ofOneConnection } from "../of-one-connection.ts";

/** The length is said anew, since a body goes on in one piece. */
const notPassed = new Set([...ofOneConnection, "content-length"]);

/**
 * Passes requests as they are to a server of this process at a socket, and its answers back as they come.
 * A body is read to its end first: who refuses one half-way closes the connection, and its answer could
 * be lost with it. One that is too long goes no further: Next would wait for what is never passed.
 * Connections are kept, which the other end never closes by itself.
 */
export function passingTo(socketPath: string, where: Reached): Listener {
  const agent = new Agent({ keepAlive: true });
  const refuseForNow = apiListener(
    async (request) =>
      refuse("unavailable", "The pages are being started; try again shortly.", {
        request,
        headers: { "Retry-After": "2" },
      }),
    where,
  );
  const refuseLength = apiListener(async (request) => refuseLongBody(request), where);
  return async (incoming, outgoing) => {
    const body = await readBody(incoming).catch(() => undefined);
    // The client has gone.
    if (!body) return outgoing.destroy();
    if (body === "too long") return refuseLength(incoming, outgoing);
    const passed = request({
      ...{ agent, socketPath, method: incoming.method, path: incoming.url, setHost: false },
      headers: [
        ...endToEnd(incoming.rawHeaders),
        ...(body.length > 0 ? ["Content-Length", String(body.length)] : []),
      ],
    });
    passed.on("response", (answer) => pipeBack(answer, outgoing));
    passed.on("error", (error: NodeJS.ErrnoException) => {
      if (outgoing.destroyed) return;
      // Nobody listens: that the thread is being replaced is said already.
      const away = error.code === "ENOENT" || error.code === "ECONNREFUSED";
      if (!away) log("error", "A page could not be had.", {}, error);
      if (outgoing.headersSent) outgoing.destroy();
      else refuseForNow(incoming, outgoing);
    });
    outgoing.on("close", () => passed.destroy());
    passed.end(body);
  };
}

/** Rejects where the client breaks off. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | "too long"> {
  const { "content-length": declared, "transfer-encoding": chunked } = incoming.headers;
  const length = Number(declared ?? 0);
  if (length > MAX_FORM_BYTES) return "too long";
  if (length === 0 && !chunked) return Buffer.alloc(0);
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of incoming.iterator({ destroyOnReturn: false })) {
    pieces.push(piece);
    size += piece.length;
    if (size > MAX_FORM_BYTES) return "too long";
  }
  return Buffer.concat(pieces);
}

function pipeBack(answer: IncomingMessage, outgoing: ServerResponse): void {
  const { "content-length": length } = answer.headers;
  const headers = endToEnd(answer.rawHeaders);
  if (length !== undefined) headers.push("Content-Length", length);
  outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
  void pass(answer, outgoing);
}

/**
 * Names and values in turn, as Node reads and writes them. What a client names in `Connection` is passed all
 * the same: both ends are one host, and it could take the address away under which its tries at a password
 * are counted.
 */
const endToEnd = (raw: readonly string[]) =>
  raw.filter((_, at) => !notPassed.has(raw[at - (at % 2)]?.toLowerCase() ?? ""));
