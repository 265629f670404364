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

const looksLike: Record<string, string> = {
  ...{ "0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", $: "s", "+": "t" },
  // These four for each other.
  ...{ "1": "l", "!": "l", "|": "l", i: "l" },
};

/** One form for what is the same to somebody who guesses: without case, accents and look-alikes. */
const fold = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[0345781@$+!|i]/g, (sign) => looksLike[sign] ?? sign);

let common: Promise<ReadonlySet<string>> | undefined;

/** The 18 000 most common passwords that are long enough: loaded with the first that is looked up. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import("@zxcvbn-ts/language-common").then(({ dictionary }) => {
    const passwords: string[] = dictionary["passwords-common"];
    return new Set(passwords.filter(({ length }) => length >= PASSWORD_LENGTH.min).map(fold));
  });
  return common;
}

async function isCommon(password: string): Promise<boolean> {
  const passwords = await commonPasswords();
  const core = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const decoration = password.length - core.length;
  return (
    passwords.has(fold(password)) || (decoration <= MOST_DECORATION && passwords.has(fold(core)))
  );
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
