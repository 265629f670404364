import { TokenMalformedError } from "../errors.ts";

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
    assertPlainStructure(text);
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

/**
 * One pass over the text, without recursion. It need not judge the grammar: `JSON.parse` does that
 * next, and what this pass makes of a text that is not JSON does not matter.
 */
function assertPlainStructure(text: string): void {
  // The containers around the current place: the names seen in an object, null in an array.
  const open: (Set<string> | null)[] = [];
  let names: Set<string> | null = null;
  let atName = false;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at);
        if (atName) addName(names, text.slice(at, end + 1));
        at = end;
        break;
      }
      case "{":
      case "[":
        names = text[at] === "{" ? new Set() : null;
        atName = names !== null;
        if (open.push(names) > MAX_DEPTH) throw new RangeError("nested too deeply");
        break;
      case "}":
      case "]":
        open.pop();
        names = open.at(-1) ?? null;
        atName = false;
        break;
      case ",":
        atName = names !== null;
        break;
      case ":":
        atName = false;
        break;
    }
  }
}

/** Where the string that starts at `start` has its closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** `"sub"` and `"\u0073ub"` are one name. */
function addName(names: Set<string> | null, literal: string): void {
  const name: string = literal.includes("\\") ? JSON.parse(literal) : literal.slice(1, -1);
  if (names?.has(name)) throw new SyntaxError("duplicate name");
  names?.add(name);
}
