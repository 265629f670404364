import { BREAK } from "./break.ts";
import type { Kind, Language } from "./language.ts";
import type { Ranges } from "./ranges.ts";

/** Where the words of a day stand. */
export interface Span {
  from: number;
  /** Where the lead ends. */
  core: number;
  to: number;
  /** Where the part of the day ends that stands with it. */
  end: number;
  /** Whether it is a deadline, which is to come. */
  deadline: boolean;
}

/** Whether what is around the words leaves them a day. */
export function isMeant(
  text: string,
  { from, core, to, end, deadline }: Span,
  kind: Kind,
  language: Language,
): boolean {
  const hasLead = core > from;
  const [before, after, rest] = [text.slice(0, from), text.slice(to), text.slice(end)];
  if (language.neverAfter.test(before) || language.neverBefore.test(after)) return false;
  if (language.repeatedBefore.test(before) || language.repeatedAfter.test(after)) return false;
  if (!deadline && hasBeen(before, after, language)) return false;
  if (!hasLead && language.neverBareAfter.test(before)) return false;
  if (isPartOfRange(text.slice(0, core), text.slice(core, to), after, language)) return false;
  const begins = beginning.test(before);
  // "Ask whether Friday is a holiday"
  if (!begins && language.verb.test(rest)) return false;
  const isTimed = language.timeBefore.test(rest);
  const ends = ending.test(rest) || isTimed;
  const goesOn = ends || clauseEnd.test(rest) || language.nameBefore.test(rest);
  switch (kind) {
    case "sure":
      return true;
    case "date":
      return hasLead || goesOn || begins;
    case "name":
      // "Decide on Saturday plans": "on" belongs to the verb, or to a noun behind the day.
      if (hasLead) return deadline || goesOn || begins || /^\s+\d/.test(after);
      // "Friday Night Lights" is a name, "Friday night pizza" is pizza.
      return goesOn || (begins && !/^\s+\p{Lu}/u.test(after));
    case "abbreviation":
      if (hasLead) return goesOn || begins;
      return (begins && isTimed) || (ends && /[\p{L}\p{N}]/u.test(before));
    case "ambiguous":
      return hasLead || ((ends || clauseEnd.test(rest)) && !/\d\s+$/.test(before));
  }
}

const beginning = new RegExp(`^(?:.*${BREAK})?\\s*$`, "su");
const ending = new RegExp(`^[)\\]},;:.!?…]*\\s*(?:$|${BREAK})`, "u");
const clauseEnd = /^(?:[)\]},;:.!?…]+\s|\s+(?:[-–—]\s|\())/u;

const hasBeen = (before: string, after: string, language: Language) =>
  (language.pastBefore.test(before) || language.pastAfter.test(after)) &&
  !language.planned.test(before + BREAK + after);

function isPartOfRange(before: string, words: string, after: string, ranges: Ranges): boolean {
  const beginsWithNumber = /^\d/.test(words);
  const endsWithNumber = /^\p{L}.*\s\d{1,2}(?:st|nd|rd|th)?$/u.test(words);
  return (
    ranges.beforeDay.test(before) ||
    ranges.afterDay.test(after) ||
    (beginsWithNumber && ranges.beforeNumber.test(before)) ||
    (endsWithNumber && ranges.afterNumber.test(after))
  );
}
