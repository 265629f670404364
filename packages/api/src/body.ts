import { assertUniqueNames } from "@taskbridge/bridge/json";
import { TRPCError } from "@trpc/server";
import { ProtocolError, toTrpcError } from "./errors.ts";

/** The largest request body that either door reads, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

const bodyTooLarge = () =>
  new ProtocolError("body_too_large", `The body may have at most ${MAX_BODY_BYTES} bytes.`, {
    // What is left of the body is not read, so the connection cannot carry another request.
    Connection: "close",
  });

/** Refuses by the declared length alone, before a byte is read. */
export function checkDeclaredLength(headers: Headers): void {
  if (Number(headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw bodyTooLarge();
}

/**
 * Refuses a body where none is taken, by what announces it. RFC 9110 §9.3.1: content in a GET has no
 * meaning, and what one server skips and the next one reads is how requests are smuggled.
 */
export function refuseBody(headers: Headers): void {
  if (!headers.has("transfer-encoding") && Number(headers.get("content-length") ?? 0) === 0) return;
  throw new ProtocolError("malformed_request", "This request must not have a body.", {
    Connection: "close",
  });
}

/**
 * The same request, whose body breaks off past the limit or where it is not UTF-8, and at its end if
 * `check` refuses the text: for readers that would take as much as comes, and mend silently what is no
 * text. tRPC reads a body only after the procedure's middleware, and this lets it.
 */
export function withBoundedBody(request: Request, check?: (text: string) => void): Request {
  const { url, method, headers, body } = request;
  if (!body) return request;
  return new Request(url, {
    method,
    headers,
    body: body.pipeThrough(boundedBytes(check)),
    ...halfDuplex,
  });
}

/** The fetch standard asks for it where a body is a stream; TypeScript's types do not know it. */
const halfDuplex = { duplex: "half" };

function boundedBytes(check: (text: string) => void = () => {}) {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let size = 0;
  let text = "";
  const take = (chunk?: Uint8Array) => {
    size += chunk?.byteLength ?? 0;
    if (size > MAX_BODY_BYTES) throw toTrpcError(bodyTooLarge());
    try {
      text += decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw toTrpcError(notJson());
    }
    // RFC 8259 §8.1; readers of a body drop it without a word.
    if (text.startsWith("\ufeff")) throw toTrpcError(notJson());
  };
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      take(chunk);
      controller.enqueue(chunk);
    },
    flush() {
      take();
      try {
        check(text);
      } catch (error) {
        throw toTrpcError(error);
      }
    },
  });
}

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
export async function readJson(request: Request, mediaTypes: readonly string[]): Promise<unknown> {
  checkMediaType(request.headers, mediaTypes);
  const text = await withBoundedBody(request)
    .text()
    .catch((error: unknown) => {
      // Whoever stops in the middle of a body has gone: that is no fault of ours to report.
      const told = error instanceof TRPCError;
      throw told ? error : new ProtocolError("malformed_body", "The body was cut off.");
    });
  return parseJson(text);
}

/** Refuses another media type, another charset than UTF-8, and what is compressed. */
export function checkMediaType(headers: Headers, mediaTypes: readonly string[]): void {
  const contentType = headers.get("content-type") ?? "";
  const [type = "", ...parameters] = contentType.toLowerCase().split(";");
  const charsets = parameters.filter((parameter) => /^\s*charset\s*=/.test(parameter));
  const utf8 = charsets.every((charset) => /^\s*charset="?utf-8"?\s*$/.test(charset));
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
