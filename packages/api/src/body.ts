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
 * The same request, whose body breaks off past the limit or where it is not UTF-8: for readers that
 * would take as much as comes, and mend silently what is no text. tRPC reads a body only after the
 * procedure's middleware, and this lets it.
 */
export function withBoundedBody(request: Request): Request {
  const { url, method, headers, body } = request;
  if (!body) return request;
  return new Request(url, {
    method,
    headers,
    body: body.pipeThrough(boundedBytes()),
    ...halfDuplex,
  });
}

/** The fetch standard asks for it where a body is a stream; TypeScript's types do not know it. */
const halfDuplex = { duplex: "half" };

function boundedBytes() {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let size = 0;
  const check = (chunk?: Uint8Array) => {
    size += chunk?.byteLength ?? 0;
    if (size > MAX_BODY_BYTES) throw toTrpcError(bodyTooLarge());
    try {
      const first = chunk !== undefined && size === chunk.byteLength;
      if (decoder.decode(chunk, { stream: chunk !== undefined }).startsWith("\ufeff") && first) {
        throw new TypeError("RFC 8259 §8.1: no byte order mark.");
      }
    } catch {
      throw toTrpcError(
        new ProtocolError("malformed_body", "The body is not valid JSON in UTF-8."),
      );
    }
  };
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      check(chunk);
      controller.enqueue(chunk);
    },
    flush: () => check(),
  });
}

/** Node's word for a client that went away in the middle of its body. */
export const isCutOff = (error: unknown): boolean =>
  error instanceof Error &&
  error.message === "aborted" &&
  "code" in error &&
  error.code === "ECONNRESET";

/** Reads a JSON body (RFC 8259): 415 for another media type, 400 for what is not JSON. */
export async function readJson(request: Request, mediaTypes: readonly string[]): Promise<unknown> {
  checkMediaType(request.headers.get("content-type"), mediaTypes);
  const text = await withBoundedBody(request)
    .text()
    .catch((error: unknown) => {
      // Whoever stops in the middle of a body has gone: that is no fault of ours to report.
      const told = error instanceof TRPCError;
      throw told ? error : new ProtocolError("malformed_body", "The body was cut off.");
    });
  try {
    return JSON.parse(text);
  } catch {
    throw new ProtocolError("malformed_body", "The body is not valid JSON in UTF-8.");
  }
}

/** Refuses any other media type, and any other charset than UTF-8. */
export function checkMediaType(contentType: string | null, mediaTypes: readonly string[]): void {
  const [type = "", ...parameters] = (contentType ?? "").toLowerCase().split(";");
  const utf8 = parameters.every((parameter) => /^\s*charset="?utf-8"?\s*$/.test(parameter));
  if (!mediaTypes.includes(type.trim()) || !utf8) {
    throw new ProtocolError(
      "unsupported_media_type",
      `The body must be ${mediaTypes.join(" or ")}.`,
      { Accept: mediaTypes.join(", ") },
    );
  }
}
