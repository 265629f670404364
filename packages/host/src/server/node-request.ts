import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiRequest } from "@taskbridge/api";

/** A name or an address, and a port: what else a Host header could be is not told apart here. */
const plainHost = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * A request of Node's as the doors read one. A Request would be made with all its parts; here each is
 * made when it is asked for, and most never are.
 */
export class NodeRequest implements ApiRequest {
  readonly method: string;
  readonly url: string;
  readonly parsed: URL;
  readonly headers: NodeHeaders;
  readonly #incoming: IncomingMessage;
  readonly #outgoing: ServerResponse;
  #body: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  #signal: AbortSignal | undefined;

  /** Undefined where the address is none, and what is wrong with it has to be looked into. */
  static of(incoming: IncomingMessage, outgoing: ServerResponse): NodeRequest | undefined {
    const { host } = incoming.headers;
    if (host === undefined || !plainHost.test(host) || !incoming.url?.startsWith("/")) {
      return undefined;
    }
    try {
      const url = `http://${host}${incoming.url}`;
      return new NodeRequest({ url, parsed: new URL(url) }, incoming, outgoing);
    } catch {
      return undefined;
    }
  }

  private constructor(
    { url, parsed }: Pick<NodeRequest, "url" | "parsed">,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ) {
    this.method = incoming.method ?? "GET";
    this.url = url;
    this.parsed = parsed;
    this.headers = new NodeHeaders(incoming.rawHeaders);
    this.#incoming = incoming;
    this.#outgoing = outgoing;
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    if (this.method === "GET" || this.method === "HEAD") return null;
    this.#body ??= streamOf(this.#incoming);
    return this.#body;
  }

  /** Aborted when the caller goes away before the answer is written. */
  get signal(): AbortSignal {
    if (!this.#signal) {
      const gone = new AbortController();
      this.#signal = gone.signal;
      const outgoing = this.#outgoing;
      const onClose = () => outgoing.writableFinished || gone.abort();
      if (outgoing.destroyed) onClose();
      else outgoing.once("close", onClose);
    }
    return this.#signal;
  }

  readBody(take: (piece: Uint8Array) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const incoming = this.#incoming;
      if (isCutOff(incoming)) return reject(cutOff());
      const onData = (piece: Uint8Array) => {
        try {
          take(piece);
        } catch (error) {
          // What else comes is for nobody.
          incoming.off("data", onData).resume();
          reject(error);
        }
      };
      incoming.on("data", onData).once("end", resolve).once("error", reject);
      // It comes after the end of every body as well, where an error would be made for nobody.
      incoming.once("close", () => isCutOff(incoming) && reject(cutOff()));
    });
  }
}

/** Left early, the rest is read and dropped: `Readable.toWeb` would end the connection before its answer. */
function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  let over = false;
  let onData: (piece: Uint8Array<ArrayBuffer>) => void;
  return new ReadableStream({
    start(controller) {
      onData = (piece) => {
        controller.enqueue(piece);
        if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
      };
      const end = (error?: Error) => {
        if (over) return;
        over = true;
        if (error) controller.error(error);
        else controller.close();
      };
      incoming.on("data", onData).once("end", end).once("error", end);
      incoming.once("close", () => end(isCutOff(incoming) ? cutOff() : undefined));
      incoming.pause();
      if (isCutOff(incoming)) end(cutOff());
    },
    pull: () => void incoming.resume(),
    cancel: () => {
      // The connection's end comes later all the same, and a cancelled stream cannot be closed.
      over = true;
      incoming.off("data", onData).resume();
    },
  });
}

/** Whether its connection has ended before all of it was read: who begins to read then is told nothing more. */
const isCutOff = (incoming: IncomingMessage) => incoming.destroyed && !incoming.readableEnded;

const cutOff = () => new Error("The body was cut off.");

/** Headers by their names in any case; what was sent several times is joined by commas. */
class NodeHeaders implements Iterable<[string, string]> {
  readonly #raw: readonly string[];

  constructor(raw: readonly string[]) {
    this.#raw = raw;
  }

  get(name: string): string | null {
    const wanted = name.toLowerCase();
    let found: string | null = null;
    for (let at = 0; at < this.#raw.length; at += 2) {
      const given = this.#raw[at] ?? "";
      if (given.length !== wanted.length || given.toLowerCase() !== wanted) continue;
      const value = this.#raw[at + 1] ?? "";
      found = found === null ? value : `${found}, ${value}`;
    }
    return found;
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  *[Symbol.iterator](): Generator<[string, string]> {
    const names = this.#raw.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
    for (const name of new Set(names)) yield [name, this.get(name) ?? ""];
  }
}
