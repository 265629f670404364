import { TokenMalformedError } from "../errors.ts";
import { assertUniqueNames } from "../json.ts";

/** What an access token needs is flat; a little more is let pass, in claims that are not ours. */
const MAX_DEPTH = 16;

/** Fatal: no invalid UTF-8. `ignoreBOM`: a byte order mark stays in the text, where JSON has no place for it. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * A JSON object (RFC 8259) from bytes, or `TokenMalformedError`: valid UTF-8, at most 16 levels, no
 * duplicate names at any level. RFC 7515 §4: "The Header Parameter names within the JOSE Header MUST
 * be unique"; RFC 7519 §4 says it of claims. Two parsers that disagree on which of two counts would
 * see two tokens in one.
 */
export function parseJsonObject(bytes: Uint8Array): JsonObject {
  let value: unknown;
  try {
    const text = decoder.decode(bytes);
    assertUniqueNames(text, MAX_DEPTH);
    value = JSON.parse(text);
  } catch {
    // Without a cause: a SyntaxError quotes the text.
    throw new TokenMalformedError();
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TokenMalformedError();
  }
  return value as JsonObject;
}

/** A member of the object itself: nothing inherited, whatever happened to `Object.prototype`. */
export function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
