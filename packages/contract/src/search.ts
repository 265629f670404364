// How tasks are searched: the server keeps these texts beside each task, and the page looks in them itself.

export const MAX_SEARCH_LENGTH = 200;
/** How many words a search may have. Each is looked for in all that is read. */
export const MAX_SEARCH_WORDS = 10;
/** How many of a user's newest tasks a search is limited to where no index can help it. */
export const SHORT_SEARCH_TASKS = 1_000;

/** What may be written in many ways or not at all: accents, hyphens, apostrophes, quotation marks, what is invisible. */
const OMITTED = /[\p{M}\p{Cf}\p{DI}\p{Pd}\p{Pi}\p{Pf}'"`´ʹʼ′″‚„]+/gu;
/** What Unicode does not decompose. */
const ALIKE: Record<string, string> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ŧ: "t" },
  ...{ ı: "i", ς: "σ", "⁄": "/" },
};
const WITH_ALIKE = new RegExp(`[${Object.keys(ALIKE).join("")}]`, "gu");

/** A text's words without case, accents and what is written in many ways, one space between them. */
export function fold(text: string): string {
  const folded = /[^\0-\x7f]/.test(text)
    ? foldAnyText(text)
    : text.toLowerCase().replace(/['"`-]+/g, "");
  return folded.replace(/\s+/g, " ").trim();
}

const foldAnyText = (text: string) =>
  text
    .toLowerCase()
    // Marks go first as well: putting very many of them in order takes a time that grows with their square.
    .replace(OMITTED, "")
    .normalize("NFKD")
    // Some letters are capitals of small ones only once they are decomposed.
    .toLowerCase()
    .replace(OMITTED, "")
    .replace(WITH_ALIKE, (letter) => ALIKE[letter] ?? letter);

/** As those letters are written where a keyboard has not got them. */
const SPELT_OUT: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue", å: "aa", ø: "oe" };
const WITH_SPELT_OUT = /[äöüåø]|[aou]\u0308|a\u030a/g;

const spellOut = (text: string) =>
  text.toLowerCase().replace(WITH_SPELT_OUT, (letter) => SPELT_OUT[letter.normalize("NFC")] ?? "");

/** The words of a text, and for those with umlauts both ways to write them: `muell` is found as well as `mull`. */
function spellingsOf(text: string): (readonly string[])[] {
  const plain = fold(text).split(" ").filter(Boolean);
  const speltOut = spellOut(text);
  if (speltOut === text.toLowerCase()) return plain.map((word) => [word]);
  const others = fold(speltOut).split(" ");
  return plain.map((word, at) => [...new Set([word, others[at] ?? word])]);
}

/** What a text is searched in. */
export function searchText(text: string): string {
  const words = spellingsOf(text);
  const further = new Set(words.flatMap(([, other]) => other ?? []));
  return [...words.map(([word]) => word), ...further].join(" ");
}

/** What a tag is searched in: it is found by its name, and by that with the sign before it. */
export const searchTag = (tag: string) => searchText(`#${tag}`);

/** Far more than notes fold to, but for a few letters that are whole sentences. */
const SEARCHED_NOTES_LENGTH = 20_000;

export function searchNotes(notes: string): string {
  const text = searchText(notes);
  const isShort = text.length <= SEARCHED_NOTES_LENGTH;
  return isShort ? text : [...text].slice(0, SEARCHED_NOTES_LENGTH).join("");
}

/** What a search asks for: each of these somewhere in the text, in one of its spellings. */
export const wordsOf = (typed: string): (readonly string[])[] => [
  ...new Map(spellingsOf(typed).map((word) => [word.join(" "), word])).values(),
];

/** Of what was typed as much as a search may have: the whole, or what is before the first word too many. */
export function firstWords(typed: string): string {
  let text = [...typed.trim()].slice(0, MAX_SEARCH_LENGTH).join("");
  while (wordsOf(text).length > MAX_SEARCH_WORDS) text = text.replace(/\s*\S+$/, "");
  return text;
}

/** Whether an index knows the word: it keeps texts by three letters or digits at a time. */
export const isIndexed = ([word = ""]: readonly string[]) => /[\p{L}\p{N}]{3}/u.test(word);

/** Whether a search has no word that an index knows, and so looks at the newest tasks alone. */
export function isShortSearch(typed: string): boolean {
  const words = wordsOf(typed);
  return words.length > 0 && !words.some(isIndexed);
}

const isFound = (searched: string, typed: string) =>
  wordsOf(typed).every((spellings) => spellings.some((word) => searched.includes(word)));

/** Whether a text has all words of a search. */
export const hasWords = (text: string, typed: string) => isFound(searchText(text), typed);

interface Searched {
  title: string;
  notes: string;
  tags: readonly string[];
}

/** Whether a task has all words of a search, as the server looks for them. */
export const taskHasWords = ({ title, notes, tags }: Searched, typed: string) =>
  isFound([searchText(title), ...tags.map(searchTag), searchNotes(notes)].join("\n"), typed);
