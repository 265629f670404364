import { byteString, firstUntold, mendFolds, windows1252Of } from "./bytes.ts";
import { countLineEnds } from "./file-tasks.ts";

/** What bytes were taken for, or why they are no text. */
export type Encoding = "utf-8" | "utf-16" | "windows-1252";
export type Decoded =
  | { text: string; encoding: Encoding }
  /** Where its letters cannot be told, the line of the first. */
  | { unfit: "archive" | "binary" | "letters"; line?: number };

const begins = (bytes: Uint8Array, ...mark: number[]) =>
  mark.every((byte, at) => bytes[at] === byte);
const decodeAs = (encoding: string, bytes: Uint8Array) =>
  new TextDecoder(encoding, { fatal: true }).decode(bytes);

/**
 * A file's text: UTF-8, or UTF-16 where it has its mark, or else Windows-1252, where its letters can be that.
 * No letter is ever replaced: what is none of these is refused.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (begins(bytes, 0x50, 0x4b, 3, 4)) return { unfit: "archive" };
  try {
    const utf16 = utf16Of(bytes);
    if (utf16) return told(decodeAs(utf16, bytes), "utf-16");
    const utf8 = utf8Of(bytes);
    return utf8 === undefined ? decodeOther(byteString(bytes)) : told(utf8, "utf-8");
  } catch {
    return { unfit: "binary" };
  }
}

// No text has one; programs, pictures and UTF-16 without its mark do.
const told = (text: string, encoding: Encoding): Decoded =>
  text.includes("\0") ? { unfit: "binary" } : { text, encoding };

function utf16Of(bytes: Uint8Array) {
  if (begins(bytes, 0xff, 0xfe)) return "utf-16le";
  return begins(bytes, 0xfe, 0xff) ? "utf-16be" : undefined;
}

function utf8Of(bytes: Uint8Array): string | undefined {
  const mended = () => Uint8Array.from(mendFolds(byteString(bytes)), (byte) => byte.charCodeAt(0));
  return tryUtf8(bytes) ?? (isCalendar(bytes) ? tryUtf8(mended()) : undefined);
}

function tryUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decodeAs("utf-8", bytes);
  } catch {
    return undefined;
  }
}

const isCalendar = (bytes: Uint8Array) =>
  /^(\xef\xbb\xbf)?\s*BEGIN:V/i.test(byteString(bytes.subarray(0, 100)));

function decodeOther(bytes: string): Decoded {
  if (bytes.includes("\0")) return { unfit: "binary" };
  const untold = firstUntold(bytes);
  return untold === undefined
    ? { text: windows1252Of(bytes), encoding: "windows-1252" }
    : { unfit: "letters", line: 1 + countLineEnds(bytes.slice(0, untold)) };
}
