import { ProtocolError } from "./errors.ts";

/** The largest request body that either door reads, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

export const bodyTooLarge = () =>
  new ProtocolError("body_too_large", `The body may have at most ${MAX_BODY_BYTES} bytes.`, {
    // What is left of the body is not read, so the connection cannot carry another request.
    Connection: "close",
  });

/** Refuses by the declared length alone, before a byte is read. */
export function checkDeclaredLength(headers: Headers): void {
  if (Number(headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw bodyTooLarge();
}

/** Reads a body whose length may not have been declared, and stops at the limit. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader?.cancel();
      throw bodyTooLarge();
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}

/** Reads a JSON body (RFC 8259): 415 for another media type, 400 for what is not JSON. */
export async function readJson(request: Request, mediaTypes: readonly string[]): Promise<unknown> {
  checkMediaType(request.headers.get("content-type"), mediaTypes);
  const bytes = await readBytes(request).catch((error: unknown) => {
    // Whoever stops in the middle of a body has gone: that is no fault of ours to report.
    throw error instanceof ProtocolError
      ? error
      : new ProtocolError("malformed_body", "The body was cut off.");
  });
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
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
