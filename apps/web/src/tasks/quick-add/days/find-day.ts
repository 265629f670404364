import type { Day } from "../../model/days.ts";
import type { Form, Groups, Language } from "./language.ts";
import { isMeant, type Span } from "./meant.ts";

export interface FoundDay {
  from: number;
  to: number;
  day: Day;
  /** Where a part of the day stands with it, or a sentence begins, the words stay in the title. */
  keepWords: boolean;
}

export type FindDay = (line: string, today: Day) => FoundDay | undefined;

interface Phrase extends Span {
  /** Undefined where the words are no day. */
  day: Day | undefined;
  keepWords: boolean;
}

/** Finds the day in words, where there is one that is beyond doubt. */
export const dayFinder =
  (language: Language): FindDay =>
  (line, today) => {
    const text = withoutQuotations(line);
    const phrases = phrasesIn(text, today, language);
    joinNeighbours(text, phrases, language);
    const found = phrases.flatMap(({ day, ...rest }) => (day ? [{ ...rest, day }] : []));
    const deadlines = found.filter(({ deadline }) => deadline);
    const [first, ...others] = deadlines.length > 0 ? deadlines : found;
    return others.every(({ day }) => day === first?.day) ? first : undefined;
  };

/** What is quoted is a name, or somebody else's words. */
const withoutQuotations = (line: string) =>
  line.replace(
    // In front of it, a number has inches.
    /(?<!\d)"[^"]*"|“[^”“]*[”“]|„[^“”]*[“”]|«[^»]*»|»[^«]*«|(?<=^|[\s(])['‘‚][^'’‘]*['’‘](?=[\s).,;:!?]|$)/gu,
    (quotation) => "x".repeat(quotation.length),
  );

const wordStart = /(?<=^|[\s([{—])[^\s([{—]/gu;

/** The longest at each word. */
function phrasesIn(text: string, today: Day, language: Language): Phrase[] {
  const phrases: Phrase[] = [];
  for (const { index } of text.matchAll(wordStart)) {
    if (index < (phrases.at(-1)?.end ?? 0)) continue;
    let longest: { form: Form; match: RegExpExecArray } | undefined;
    for (const form of language.forms) {
      form.pattern.lastIndex = index;
      const match = form.pattern.exec(text);
      if (match && match[0].length > (longest?.match[0].length ?? 0)) longest = { form, match };
    }
    if (!longest) continue;
    const phrase = readPhrase(text, longest.form, longest.match, today, language);
    // "So" and "sat" are words before they are days.
    const isWord = longest.form.kind === "abbreviation" && !/\s/.test(longest.match[0]);
    if (phrase.day || !isWord) phrases.push(phrase);
  }
  return phrases;
}

function readPhrase(
  text: string,
  form: Form,
  match: RegExpExecArray,
  today: Day,
  language: Language,
): Phrase {
  const groups: Groups = match.groups ?? {};
  const to = match.index + match[0].length;
  const partOfDay = language.partOfDay.exec(text.slice(to))?.[0] ?? "";
  const end = to + partOfDay.length;
  const phrase = {
    from: match.index,
    core: match.index + (groups.lead?.length ?? 0),
    to,
    end,
    keepWords: Boolean(partOfDay || groups.kept) || language.verb.test(text.slice(end)),
    deadline: language.deadline.test(groups.lead ?? ""),
  };
  const day = form.read(groups, today);
  const isDay = day !== undefined && day >= today && isMeant(text, phrase, form.kind, language);
  return { ...phrase, day: isDay ? day : undefined };
}

/** Two days side by side are one that is said twice, or a range or a choice, which is no day. */
function joinNeighbours(text: string, phrases: Phrase[], { between }: Language): void {
  for (let at = phrases.length - 1; at > 0; at--) {
    const [left, right] = [phrases[at - 1], phrases[at]];
    if (!left || !right || !between.test(text.slice(left.end, right.core))) continue;
    if (left.day && left.day === right.day) {
      const keepWords = left.keepWords || right.keepWords;
      phrases.splice(at - 1, 2, { ...right, from: left.from, core: left.core, keepWords });
    } else {
      left.day = undefined;
      right.day = undefined;
    }
  }
}
