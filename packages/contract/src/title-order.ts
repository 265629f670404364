// How titles and tags are ordered: as `Intl.Collator` does with `numeric`, by a key that a database can
// compare byte by byte, and that is the same whatever edition of Unicode a server or a browser has.

/** Everyday signs as the collator has them; it puts all signs before digits, and those before letters. */
const PUNCTUATION = `_-‐‒–—―,;:!¡?¿.·'‹›"«»()[]{}§¶@*/\\&#%‰†‡•`;
const SYMBOLS = "`´˜^¯˘˙¨˚˝¸˛°©®←→↑↓⇒+±÷×<=>¬|¦~⁄";
const CURRENCIES = "¤¢$£¥₩₪₫€₭₱₴₹₺₽₿";
const [PUNCTUATION_CLASS, SYMBOL_CLASS, CURRENCY_CLASS, NUMBER_CLASS] = ["!", "#", "$", "0"];

const SIGNS = new Map(
  [
    [PUNCTUATION_CLASS, PUNCTUATION] as const,
    [SYMBOL_CLASS, SYMBOLS] as const,
    [CURRENCY_CLASS, CURRENCIES] as const,
  ].flatMap(([kind, signs]) =>
    [...signs].map((sign, at) => [sign, kind + String.fromCharCode(0x30 + at)] as const),
  ),
);

/** What is another letter or sign in another form, which Unicode does not say. */
const VARIANTS: Record<string, string> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ŧ: "t", ς: "σ" },
  ...{ "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"' },
};

/** Letters of their own that follow the first of their row, wherever Unicode has put them. */
const LAST = "\ufffd";
const FOLLOWERS = new Map(
  "iı nŋ eə qĸ гґ дђ еє зѕ иійј лљ нњ тћ чџ"
    .split(" ")
    .flatMap(([first = "", ...others]) =>
      others.map((letter, at) => [letter, first + LAST.repeat(at + 1)] as const),
    ),
);

/** The most everyday marks as the collator has them; others come behind. */
const MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0327\u0328\u0304";
/** Of these scripts marks are vowels or points that decide between words otherwise equal. */
const ACCENT = /^(?:(?=\p{Script=Inherited}|\p{Script=Hebrew})\p{M})$/u;

/** An index has room for some 2 700 bytes, and a cursor for some 1 400. */
const KEY_LENGTH = 330;

/** Compared first by letters and numbers, then by accents, then by case: each part is there where it tells something. */
export function titleKey(title: string): string {
  const parts = { base: "", accents: "", cases: "" };
  for (const [piece] of title.normalize("NFC").matchAll(/\p{Nd}+|./gsu)) addPiece(parts, piece);
  const [accents, cases] = [parts.accents.replace(/0+$/, ""), parts.cases.replace(/0+$/, "")];
  const withAccents = accents || cases ? `${parts.base}\u0001${accents}` : parts.base;
  const key = cases ? `${withAccents}\u0001${cases}` : withAccents;
  return key.slice(0, KEY_LENGTH).replace(/[\ud800-\udbff]$/, "");
}

interface Parts {
  base: string;
  /** For each unit of the base "0", and its marks behind it. */
  accents: string;
  /** For each unit of the base "1" if it is a capital, and else "0". */
  cases: string;
}

function addPiece(parts: Parts, piece: string): void {
  if (/^\p{Nd}/u.test(piece)) {
    addUnit(parts, numberKey(piece));
    return;
  }
  const isKnown = SIGNS.has(piece) || FOLLOWERS.has(piece.toLowerCase());
  for (const character of isKnown ? piece : piece.normalize("NFKD")) {
    if (ACCENT.test(character)) parts.accents += markKey(character);
    else addCharacter(parts, character);
  }
}

function addCharacter(parts: Parts, character: string): void {
  const letter = character.toLowerCase();
  const variant = VARIANTS[letter];
  if (variant) {
    for (const each of variant) addUnit(parts, keyOf(each), character !== letter);
    parts.accents += LAST;
    return;
  }
  const key = keyOf(letter);
  if (key) addUnit(parts, key, character !== letter);
}

function addUnit(parts: Parts, key: string, isCapital = false): void {
  parts.base += key;
  parts.accents += "0";
  parts.cases += isCapital ? "1" : "0";
}

function keyOf(character: string): string {
  if (/\s/.test(character)) return " ";
  const known = SIGNS.get(character) ?? FOLLOWERS.get(character);
  if (known) return known;
  // A part of a fraction or a power: the collator has those behind whole numbers.
  if (/\p{Nd}/u.test(character)) return NUMBER_CLASS + LAST + character;
  if (/[\p{Cc}\p{Cf}\p{DI}]/u.test(character)) return "";
  if (/\p{P}/u.test(character)) return PUNCTUATION_CLASS + character;
  if (/\p{Sc}/u.test(character)) return CURRENCY_CLASS + character;
  return /\p{S}/u.test(character) ? SYMBOL_CLASS + character : character;
}

/** Longer numbers are greater: the length goes first. */
function numberKey(digits: string): string {
  const value = Array.from(digits, valueOfDigit)
    .join("")
    .replace(/^0+(?=.)/, "");
  return NUMBER_CLASS + String.fromCharCode(0x30 + value.length) + value;
}

/** In each script the digits from 0 to 9 follow each other. */
function valueOfDigit(digit: string): number {
  const code = digit.normalize("NFKD").codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}

const markKey = (mark: string) => {
  const at = MARKS.indexOf(mark);
  return at < 0 ? mark : String.fromCharCode(0x61 + at);
};

/** As a database compares bytes: by code points, which are not always in the order of a text's units. */
export function compareTitleKeys(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at === a.length || at === b.length) return a.length - b.length;
  return rankOf(a.charCodeAt(at)) - rankOf(b.charCodeAt(at));
}

/** Halves of surrogate pairs stand for what is behind all else. */
const rankOf = (unit: number) => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);

/** The order of tags: that of titles, in which no two are alike. */
export const compareTags = (a: string, b: string) =>
  compareTitleKeys(titleKey(a), titleKey(b)) || compareTitleKeys(a, b);
