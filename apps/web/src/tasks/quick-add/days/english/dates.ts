import { dateOf, upcoming } from "../calendar.ts";
import { form, onWeekday, year } from "../forms.ts";
import type { Form } from "../language.ts";
import { abbreviations, lead, monthIn, months, names, weekdayIn } from "./words.ts";

const ordinal = "(?:st|nd|rd|th)";
const weekday = String.raw`(?<named>${names}|(?:${abbreviations})\.?),?\s+`;
const named = `(?:${weekday})?`;
const day = String.raw`(?:the\s+(?=\d+${ordinal}))?(?<day>\d{1,2})${ordinal}?`;
const monthsThatAreWords = "may|march|mar";

const withMonth: Form["read"] = ({ named, day, month, year }, today) =>
  onWeekday(dateOf(today, monthIn(month), Number(day), year), named ? weekdayIn(named) : undefined);

const datesWithMonths = [
  ["date", `(?!(?:${monthsThatAreWords})\\b)(?:${months})`] as const,
  ["ambiguous", monthsThatAreWords] as const,
].flatMap(([kind, choices]) => {
  const month = String.raw`(?<month>${choices})\.?`;
  return [
    form(kind, String.raw`${lead}${named}${day}\s+(?:of\s+)?${month}${year}`, withMonth),
    form(kind, String.raw`${lead}${named}${month}\s+${day}${year}`, withMonth),
  ];
});

/** "Friday the 4th", where the next Friday is that. */
const ordinals = form(
  "sure",
  String.raw`${lead}${weekday}(?:the\s+)?(?<day>\d{1,2})${ordinal}`,
  ({ named, day }, today) => {
    const date = upcoming(today, weekdayIn(named));
    return Number(date.slice(8)) === Number(day) ? date : undefined;
  },
);

const isoDates = form(
  "sure",
  String.raw`${lead}(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`,
  ({ year, month, day }, today) => dateOf(today, Number(month), Number(day), year),
);

/** "3/12" begins with the month or the day, as they do where the viewer is. */
function numericDates(monthFirst: boolean): Form[] {
  const read: Form["read"] = ({ lead, named, first = "", second = "", year }, today) => {
    if (!year && isNoDate(Number(first), Number(second), lead)) return undefined;
    const [month, day] = monthFirst ? [first, second] : [second, first];
    // A month beyond December is the day.
    const [inMonth, onDay] = Number(month) > 12 ? [day, month] : [month, day];
    return onWeekday(
      dateOf(today, Number(inMonth), Number(onDay), year),
      named ? weekdayIn(named) : undefined,
    );
  };
  const numbers = (sign: string) =>
    `${lead}${named}${notNumbered}(?<first>\\d{1,2})${sign}(?<second>\\d{1,2})`;
  return [
    form("ambiguous", numbers("/"), read),
    form("sure", `${numbers("/")}/(?<year>\\d{4}|\\d\\d)`, read),
    form("sure", `${numbers("\\.")}\\.(?<year>\\d{4})`, read),
  ];
}

/** What has two numbers and is no day: a part, a card's last month, a shop. */
const parts =
  "instal?lment|payment|rate|round|set|rep|lap|dose|stage|step|phase|volume|vol|issue|disc|box|bag|batch|attempt|draft|slide|sheet|track|sprint|session|ch|ep|pt";
const cards = String.raw`card|visa|mastercard|amex|exp(?:ir(?:es|y|ing|ation))?(?:\s+(?:date|on|in))?|valid(?:ity)?|thru`;
const notNumbered = String.raw`(?<!(?<!\p{L})(?:${parts}|${cards}|(?:stop|drop|come|swing|pass|go)\s+by)[.:]?\s+)`;

const denominators = [2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100];

/** Fractions, around the clock, and the day in September. */
function isNoDate(first: number, second: number, lead?: string): boolean {
  if (first === 24 && second === 7) return true;
  const isFraction = first < second && denominators.includes(second);
  if (!lead) return isFraction || (first === 9 && second === 11);
  // "Shorten by 1/2", but not "Submit by 12/16": a fraction is as short as it gets.
  return isFraction && (first % 2) + (second % 2) > 0 && /^(?:latest\s+)?by/i.test(lead);
}

export const dates = (monthFirst: boolean): Form[] => [
  ...datesWithMonths,
  ordinals,
  isoDates,
  ...numericDates(monthFirst),
];
