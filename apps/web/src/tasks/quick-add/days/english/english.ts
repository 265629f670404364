import { dayFinder } from "../find-day.ts";
import { beginningWith, endingWith, timeBehind } from "../forms.ts";
import type { Language } from "../language.ts";
import { rangesOf } from "../ranges.ts";
import { recurrenceOf } from "../recurrence.ts";
import { dates } from "./dates.ts";
import { relativeDays } from "./relative.ts";
import { weekdays } from "./weekdays.ts";
import { abbreviations, months, names } from "./words.ts";

const holidays = String.raw`(?:easter|christmas|thanksgiving|new\s+year)`;
const clock = String.raw`\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?`;
const time = String.raw`(?:at\s+)?(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?|o['’]clock)|\d{1,2}[:.]\d\d|noon|midnight)|(?:at\s+|@\s?)\d{1,2}|${clock}\s?[-–]\s?${clock}(?!\s+(?:${months}))`;

const period = "(?:day|night|week|weekend|fortnight|month|quarter|year)";

const english = (monthFirst: boolean): Language => ({
  forms: [...relativeDays, ...weekdays, ...dates(monthFirst)],
  neverAfter: endingWith(
    "last|past|previous|yesterday|since|from|before|after|ago|dated|born|was|were",
    String.raw`last\s+week(?:\s+on)?`,
    "every|each|any|some|other|alternate|first|second|third|fourth|fifth",
    String.raw`\d+(?:st|nd|rd|th)`,
    "not|never|except|between|of|than|like",
    "starting|beginning|commencing|effective|w/[cbe]|been",
  ),
  neverBareAfter: endingWith(
    "the|an?|my|our|your|his|her|their|its|that|those|these",
    "for|about|to|with|without|versus|vs|at|in|into|as|or|and|via|re:?|around|circa|it['’]s",
    "called|named|titled|chapter|part|episode|version|step|page|unit|level|score|ratio|season|room|size|lesson|module|section|number|no\\.?|nr\\.?",
    "whole|entire|early|late|mid|end|plan|planning",
    String.raw`(?:mr|mrs|ms|dr|prof)\.?|miss|joe|girl|man`,
    "black|good|cyber|ash|palm|easter|super|casual|taco|whit|shrove|maundy|holy|fat|ruby|freaky|bloody|giving|happy|holiday|pancake",
    "usa|psychology|physics|rising|midnight|tuscan|blue|manic|any\\s+given|sheffield|tgi|mothering|remembrance|a\\s+better",
  ),
  neverBefore: beginningWith(
    String.raw`before\s+last`,
    "last|ago|of|next|coming|onwards?|every|each|alternate|or|never|nights|mornings|evenings|afternoons",
    String.raw`(?:an?|\w+)\s+(?:day|week|month|year)s?\s+(?:ago|before)`,
    String.raw`the\s+(?:\d+|week)|\d+(?:st|nd|rd|th)`,
    String.raw`(?:before|after)\s+${holidays}`,
    `in\\s+(?:${months})`,
    "['’]\\d\\d",
    "(?:an\\s+)?inch(?:es)?|cups?|tsps?|tbsps?|lbs?|pounds?|oz|ounces?|miles?|pints?|yards?|feet|acres?",
    "show|programme|times|papers?|school|blues|telegraph|league|magazine|best|roast",
  ),
  pastBefore: endingWith(
    "bought|taken|worked|sent|received|ordered|held|recorded|signed|sold|found|wrote|written|came|arrived|happened|ended|published|posted|borrowed|paid|spent|seen|met|gave|given|got|played|told|visited|missed|promised|discussed|attended|emailed|mailed|asked|delivered|issued|purchased|collected|captured|uploaded|created|joined|earned|watched|did",
    String.raw`(?:was|were|did)\s+(?:i|you|he|she|it|we|they)`,
  ),
  pastAfter: beginningWith("(?:was|were|had|did)(?:n['’]t)?|came|went|happened"),
  verb: beginningWith("(?:is|are)(?:n['’]t)?|will\\s+be"),
  planned:
    /(?<!\p{L})(?:get|gets|be|being|must|should|will|needs?|wants?|is|are)(?!\p{L})|^have(?!\p{L})/iu,
  nameBefore: beginningWith(
    "about|with|without|for|to|in|at|and|but|so|if|because|before|after|re|via|then|around|between|during|when|while|from|on|by",
    "the|an?|my|our|your|his|her|their|this|that|again|please|instead|near|outside|inside|downtown|together|online|over|under|until|since|as|where|who|which|too|also|unless",
    time,
  ),
  timeBefore: timeBehind(time),
  deadline: /\bby\b|due/i,
  partOfDay: beginningWith(
    String.raw`(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|noon|midday|lunchtime|midnight)`,
  ),
  ...recurrenceOf({
    adverbs:
      "(?:bi-?|semi-?)?(?:daily|nightly|weekly|fortnightly|monthly|quarterly|annually|yearly)|repeat(?:s|ing)?|recurring|regularly",
    phrases: String.raw`(?:every|each)\s+(?:[\p{L}\d]+\s+)?${period}s?|(?:once|twice|[\p{L}\d]+\s+times)\s+(?:an?|per|every|each)\s+${period}`,
  }),
  ...rangesOf({
    links: "to|into|through|thru|until|till|and|or",
    leads: "on|the",
    weekdays: `${names}|${abbreviations}|yesterday`,
    hour: String.raw`[ap]\.?m\b|o['’]clock`,
    flags: "iu",
  }),
});

/** Whether "3/12" is in March. */
function isMonthFirst(locale: string): boolean {
  const options = { calendar: "gregory", day: "numeric", month: "numeric" } as const;
  const parts = new Intl.DateTimeFormat(locale, options).formatToParts(0);
  return parts.find(({ type }) => type === "day" || type === "month")?.type === "month";
}

export const daysIn = (locale: string) => dayFinder(english(isMonthFirst(locale)));
