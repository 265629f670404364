// Bytes as a text in which each is one character, to look for those that are no letters.

const CHUNK = 8192;

export function byteString(bytes: Uint8Array): string {
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    chunks.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  }
  return chunks.join("");
}

/**
 * RFC 5545 folds a calendar's lines by octets, and warns that it can be within a letter: there the fold goes behind
 * the letter, so that all lines keep their numbers.
 */
export const mendFolds = (bytes: string) =>
  bytes.replace(/([\xc2-\xf4][\x80-\xbf]{0,2})(\r?\n[ \t])([\x80-\xbf]{1,3})/g, "$1$3$2");

const utf8Letters =
  /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|(?<broken>[\x80-\xff])/g;
/** A letter before a closing quote, a dash or a blank, as in Windows-1252, is one of UTF-8 as well. */
const couldBeTwo = /^[\xc2-\xdf][\x80\x85\x92-\x94\x96\x97\xa0\xab\xb0\xb2\xb3\xbb]$/;
/** What Windows-1252 has no letter for, and what in it is never within a word but is a letter in DOS and on old Macs. */
const misread = /[\x81\x8d\x8f\x90\x9d]|(?<=[A-Za-z])[\x84\x8a\x8e\x94\x9f\xa7](?=[a-z])/;

/** Where bytes that are no UTF-8 cannot be Windows-1252 either; undefined where they can. */
export function firstUntold(bytes: string): number | undefined {
  let [whole, broken, isUtf8] = [0, 0, false];
  let first: number | undefined;
  for (const { 0: letter, index, groups } of bytes.matchAll(utf8Letters)) {
    if (groups?.broken === undefined) {
      whole += 1;
      isUtf8 ||= !couldBeTwo.test(letter);
    } else {
      broken += 1;
      first ??= index;
    }
  }
  // Letters of both: those of one or the other would be wrong.
  if (isUtf8 || whole > broken) return first;
  const at = bytes.search(misread);
  return at < 0 ? undefined : at;
}

/** What Windows-1252 has where Latin-1 has control characters: not every decoder knows that it has other letters. */
const letters = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

export const windows1252Of = (bytes: string) =>
  bytes.replace(/[\x80-\x9f]/g, (byte) => letters.charAt(byte.charCodeAt(0) - 0x80));
