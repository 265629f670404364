import { assertUniqueNames } from "@taskbridge/bridge/json";
import { MAX_BODY_BYTES } from "@taskbridge/contract";
import { TRPCError } from "@trpc/server";
import type { ApiRequest, ReadHeaders } from "./api-request.ts";
import { ProtocolError, toTrpcError } from "./errors.ts";

export { MAX_BODY_BYTES };

/** The same of what anybody may send who has not signed in yet: forms, which are short. */
export const MAX_FORM_BYTES = 64 * 1024;

export const bodyTooLarge = (limit = MAX_BODY_BYTES) =>
  new ProtocolError("body_too_large", `The body may have at most ${limit} bytes.`);

/** Refuses by the declared length alone, before a byte is read. */
export function checkDeclaredLength(headers: ReadHeaders, limit = MAX_BODY_BYTES): void {
  if (Number(headers.get("content-length") ?? 0) > limit) throw bodyTooLarge(limit);
}

const bodyRefused = () =>
  new ProtocolError("malformed_request", "This request must not have a body.");

/**
 * Refuses a body where none is taken. RFC 9110 §9.3.1: content in a GET has no meaning,
 * and what one server skips and the next one reads is how requests are smuggled. A chunked body of nothing
 * is none: so HTTP/1.1 says what HTTP/2 says with an empty DATA frame.
 */
export async function refuseBody(request: ApiRequest): Promise<void> {
  const { headers } = request;
  if (Number(headers.get("content-length") ?? 0) > 0) throw bodyRefused();
  if (!headers.has("transfer-encoding")) return;
  if ((await readText(request, { plain: true })) !== "") throw bodyRefused();
}

/**
 * Reads the body of a change that needs none. Many clients send `{}` or `null` with every method but GET:
 * neither says anything. What says more was meant for something else, and is refused.
 */
export async function readNothing(request: ApiRequest): Promise<undefined> {
  const text = await readText(request);
  if (!/^\s*(?:(?:\{\s*\}|null)\s*)?$/.test(text)) {
    throw new ProtocolError("malformed_request", "This request takes no body, or an empty one.");
  }
}

interface BodyBounds {
  /** In bytes. */
  limit?: number | undefined;
  check?: (text: string) => void;
  /** For text that is not JSON (RFC 8259 §8.1), and that readers rid of its byte order mark. */
  plain?: boolean;
}

/**
 * The same request, whose body breaks off past the limit or where it is not UTF-8, and at its end if
 * `check` refuses the text: for readers that would take as much as comes, and mend silently what is no
 * text. tRPC reads a body only after the procedure's middleware, and this lets it.
 */
export function withBoundedBody<R extends ApiRequest>(
  request: R,
  bounds: BodyBounds = {},
): R | Request {
  const { body } = request;
  return body ? rebuilt(request, { body: body.pipeThrough(boundedBytes(bounds)) }) : request;
}

/** The same request but for these parts. A host's light Request cannot be copied as a whole. */
export function rebuilt(
  { url, method, headers, body, signal }: ApiRequest,
  parts: { headers?: Headers; body?: ReadableStream<Uint8Array<ArrayBuffer>> } = {},
): Request {
  // The fetch standard asks for `duplex` where a body is a stream; TypeScript's types do not know it.
  const init = { method, body, duplex: "half", signal, ...parts };
  return new Request(url, { headers: new Headers([...headers]), ...init });
}

function boundedBytes(bounds: BodyBounds) {
  const reader = boundedReader(bounds);
  return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      reader.take(chunk);
      controller.enqueue(chunk);
    },
    flush: () => void reader.end(),
  });
}

/** Takes a body piece by piece, and refuses it as soon as it can. */
function boundedReader({ limit = MAX_BODY_BYTES, check = () => {}, plain = false }: BodyBounds) {
  const refusal = () => toTrpcError(plain ? notText() : notJson());
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let size = 0;
  const pieces: string[] = [];
  const decode = (chunk?: Uint8Array) => {
    let piece: string;
    try {
      piece = decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw refusal();
    }
    if (piece === "") return;
    // RFC 8259 §8.1; readers of a body drop it without a word.
    if (!plain && pieces.length === 0 && piece.startsWith("\ufeff")) throw refusal();
    pieces.push(piece);
  };
  return {
    take(chunk: Uint8Array): void {
      size += chunk.byteLength;
      if (size > limit) throw toTrpcError(bodyTooLarge(limit));
      decode(chunk);
    },
    /** The whole text. */
    end(): string {
      decode();
      const text = pieces.join("");
      try {
        check(text);
      } catch (error) {
        throw toTrpcError(error);
      }
      return text;
    },
  };
}

const notText = () => new ProtocolError("malformed_body", "The body is not valid UTF-8.");
/** Node's word for a client that went away in the middle of its body. */
export const isCutOff = (error: unknown): boolean =>
  error instanceof Error &&
  error.message === "aborted" &&
  "code" in error &&
  error.code === "ECONNRESET";

const notJson = (what = "The body") =>
  new ProtocolError("malformed_body", `${what} is not valid JSON in UTF-8.`);

/** A JSON text's value (RFC 8259); one that reads differently elsewhere is refused as well. */
export function parseJson(text: string, what?: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notJson(what);
  }
  try {
    assertUniqueNames(text);
  } catch {
    throw new ProtocolError(
      "malformed_body",
      `${what ?? "The body"} has an object that names a member twice.`,
    );
  }
  return value;
}

/** Reads a JSON body: 415 for another media type or encoding, 400 for what is not JSON. */
export async function readJson(
  request: ApiRequest,
  mediaTypes: readonly string[],
): Promise<unknown> {
  checkMediaType(request.headers, mediaTypes);
  return parseJson(await readText(request));
}

/** Reads a whole body, which must be UTF-8. */
export async function readText(request: ApiRequest, bounds: BodyBounds = {}): Promise<string> {
  try {
    const reader = boundedReader(bounds);
    if (request.readBody) await request.readBody(reader.take);
    else for await (const piece of request.body ?? []) reader.take(piece);
    return reader.end();
  } catch (error) {
    // Whoever stops in the middle of a body has gone: that is no fault of ours to report.
    const told = error instanceof TRPCError;
    throw told ? error : new ProtocolError("malformed_body", "The body was cut off.");
  }
}

/** Refuses another media type, another charset than UTF-8, and what is compressed. */
export function checkMediaType(headers: ReadHeaders, mediaTypes: readonly string[]): void {
  const contentType = headers.get("content-type") ?? "";
  const [type = "", ...parameters] = contentType.toLowerCase().split(";");
  const charsets = parameters.filter((parameter) => /^\s*charset\s*=/.test(parameter));
  const utf8 = charsets.every((charset) => /^\s*charset="?utf-?8"?\s*$/.test(charset));
  if (!mediaTypes.includes(type.trim()) || !utf8) {
    throw new ProtocolError(
      "unsupported_media_type",
      `The body must be ${mediaTypes.join(" or ")} in UTF-8.`,
      { Accept: mediaTypes.join(", ") },
    );
  }
  if (!/^(identity)?$/i.test(headers.get("content-encoding") ?? "")) {
    throw new ProtocolError("unsupported_media_type", "The body must not be compressed.", {
      "Accept-Encoding": "identity",
    });
  }
}
