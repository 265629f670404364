/** What bytes were taken for, or why they are no text. */
export type Encoding = "utf-8" | "utf-16" | "windows-1252";
export type Decoded = { text: string; encoding: Encoding } | { unfit: "archive" | "binary" };

const begins = (bytes: Uint8Array, ...mark: number[]) =>
  mark.every((byte, at) => bytes[at] === byte);
const decodeAs = (encoding: string, bytes: Uint8Array) =>
  new TextDecoder(encoding, { fatal: true }).decode(bytes);

/**
 * A file's text: UTF-8, or UTF-16 where it has its mark, or else Windows-1252, which every byte is a letter of.
 * No letter is ever replaced: what is none of these is refused.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (begins(bytes, 0x50, 0x4b, 3, 4)) return { unfit: "archive" };
  const utf16 = utf16Of(bytes);
  const encoding = utf16 ? "utf-16" : isUtf8(bytes) ? "utf-8" : "windows-1252";
  try {
    const decoded = decodeAs(utf16 ?? encoding, bytes);
    const text =
      encoding === "windows-1252" ? decoded.replace(/[\u0080-\u009f]/g, letterOf) : decoded;
    // No text has one; programs, pictures and UTF-16 without its mark do.
    return text.includes("\0") ? { unfit: "binary" } : { text, encoding };
  } catch {
    return { unfit: "binary" };
  }
}

/** What Windows-1252 has where Latin-1 has control characters: not every decoder knows that it has other letters. */
const letters = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const letterOf = (control: string) => letters.charAt(control.charCodeAt(0) - 0x80);

function utf16Of(bytes: Uint8Array) {
  if (begins(bytes, 0xff, 0xfe)) return "utf-16le";
  return begins(bytes, 0xfe, 0xff) ? "utf-16be" : undefined;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    decodeAs("utf-8", bytes);
    return true;
  } catch {
    return false;
  }
}
