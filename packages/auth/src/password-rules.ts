/** The shortest and the longest password, in UTF-16 units. */
export const PASSWORD_LENGTH = { min: 8, max: 128 };

/** Why a password is refused although it is long enough. */
export type PasswordFault = "common" | "personal";

interface Person {
  name?: unknown;
  email?: unknown;
}

const product = "taskbridge";

/** Shorter parts of a name are in too many words by chance. */
const SHORTEST_PART = 3;

/** How many figures and signs around a common password make no other one of it: `Password2026!`. */
const MOST_DECORATION = 6;

/** Nor do so many rows of them, however long: `letmein1234567890`. And they are no password alone: `aaabcdefg`. */
const MOST_ROWS = 2;

/** What has so few characters is none either, however often it is repeated: `19841984`. */
const LONGEST_SYLLABLE = 4;

const looksLike: Record<string, string> = {
  ...{ "0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", $: "s", "+": "t" },
  // These four for each other.
  ...{ "1": "l", "!": "l", "|": "l", i: "l" },
};

/** One form for what is the same to somebody who guesses: without case, accents, look-alikes and what is between words. */
const fold = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/[\p{M}\s._-]/gu, "")
    .toLowerCase()
    .replace(/[0345781@$+!|i]/g, (sign) => looksLike[sign] ?? sign);

let common: Promise<ReadonlySet<string>> | undefined;

/**
 * The 49 000 most common passwords, of which 18 000 are long enough by themselves and the others become so
 * with a few figures: loaded with the first that is looked up.
 */
function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set((dictionary["passwords-common"] as string[]).map(fold)),
  );
  return common;
}

/** The list leaves out rows and repetitions, which are as common: its makers look for them in other ways. */
async function isCommon(password: string): Promise<boolean> {
  const passwords = await commonPasswords();
  const once = password.replace(/^(.{1,64}?)\1+$/su, "$1");
  const [before = "", core = "", after = ""] = once.split(/(\p{L}(?:.*\p{L})?)/su);
  const signs = before + after;
  const isDecoration = signs.length <= MOST_DECORATION || countRows(signs) <= MOST_ROWS;
  return (
    once.length <= LONGEST_SYLLABLE ||
    countRows(once) <= MOST_ROWS ||
    passwords.has(fold(once)) ||
    (isDecoration && passwords.has(fold(core)))
  );
}

/** How many rows a text has of characters that repeat or follow each other: `aaabcd7654` has two. */
function countRows(text: string): number {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const goesOn = (code: number, at: number) => Math.abs(code - (codes[at - 1] ?? Number.NaN)) <= 1;
  return codes.filter((code, at) => !goesOn(code, at)).length;
}

/** A person's address and name, whole and in parts, and the product's name; the longest first. */
function ownWords({ name, email }: Person): string[] {
  const texts = [product, name, email].filter((text) => typeof text === "string");
  const parts = texts.flatMap((text) => [
    text,
    ...text.split("@"),
    ...text.split(/[^\p{L}\p{N}]+/u),
  ]);
  const words = parts
    .map((part) => fold(part.trim()))
    .filter((part) => part.length >= SHORTEST_PART);
  return [...new Set(words)].sort((a, b) => b.length - a.length);
}

/**
 * What OWASP's ASVS 5 (6.2.4 and 6.2.11) asks for: neither a common password nor one that is made of what
 * everybody knows of its owner and of where it is used. Own words are taken out first: what is left must be
 * a password by itself.
 */
export async function findPasswordFault(
  password: string,
  owner: Person,
): Promise<PasswordFault | undefined> {
  if (await isCommon(password)) return "common";
  const folded = fold(password);
  const rest = ownWords(owner).reduce((left, word) => left.replaceAll(word, ""), folded);
  if (rest === folded) return undefined;
  return rest.trim().length < PASSWORD_LENGTH.min || (await isCommon(rest))
    ? "personal"
    : undefined;
}
