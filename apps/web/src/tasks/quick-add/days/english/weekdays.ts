import { addDays, type Day } from "../../../model/days.ts";
import { inWeek, nextWeekday, upcoming, weekdayOf } from "../calendar.ts";
import { form } from "../forms.ts";
import type { Form, Groups, Kind } from "../language.ts";
import { abbreviations, count, lead, names, notTimes, numberIn, weekdayIn } from "./words.ts";

const weeks = "(?<unit>week|fortnight)s?";

type Read = (today: Day, weekday: number, groups: Groups) => Day | undefined;

function formsOf(kind: Kind, choices: string): Form[] {
  const weekday = `(?<weekday>${choices})`;
  const of = (kind: Kind, pattern: string, read: Read) =>
    form(kind, pattern, (groups, today) => read(today, weekdayIn(groups.weekday), groups));
  const later: Read = (today, number, { count = "a", unit }) =>
    addDays(upcoming(today, number), numberIn(count) * (unit === "fortnight" ? 14 : 7));
  const ofNextWeek: Read = (today, number) => inWeek(today, number, 1);
  // "This sun cream"
  const which = kind === "name" ? "sure" : "date";
  return [
    of(kind, `${lead}${weekday}`, (today, number, groups) =>
      // Without a capital these are words.
      !groups.lead && /^(?:wed|sat|sun)/.test(groups.weekday ?? "") && kind === "abbreviation"
        ? undefined
        : upcoming(today, number),
    ),
    of(which, String.raw`${lead}(?:this|(?:this\s+)?coming)\s+${weekday}`, (today, number) =>
      // On a Wednesday, "this Wednesday" is today to some.
      number === weekdayOf(today) ? undefined : upcoming(today, number),
    ),
    of(which, String.raw`${lead}next\s+${weekday}`, nextWeekday),
    of("sure", String.raw`${lead}(?:the\s+)?${weekday}\s+after\s+next`, (today, number) => {
      const next = nextWeekday(today, number);
      return next && addDays(next, 7);
    }),
    of("sure", String.raw`${lead}${weekday},?\s+(?:of\s+)?this\s+week`, (today, number) =>
      inWeek(today, number),
    ),
    of("sure", String.raw`${lead}${weekday},?\s+(?:of\s+)?next\s+week`, ofNextWeek),
    of("sure", String.raw`next\s+week,?\s+(?:on\s+)?${weekday}`, ofNextWeek),
    of("sure", String.raw`${notTimes}${count}\s+${weeks}\s+(?:(?:from|on)\s+)?${weekday}`, later),
    of("sure", String.raw`${lead}${weekday}\s+in\s+${count}\s+${weeks}`, later),
    of("sure", String.raw`${lead}${weekday}\s+(?<unit>week|fortnight)`, later),
  ];
}

/** "Practice SAT", "Buy Capri Sun": behind a word with a capital in the middle, "Sun" is of its name. */
const nameOrTest = form(
  "abbreviation",
  String.raw`(?:SAT|SUN|WED|Sun(?<=[\p{L}\p{N}].*\s\p{Lu}\p{L}*\s+Sun))\.?(?!,?\s+[\d@(])`,
  () => undefined,
  "uy",
);

export const weekdays: Form[] = [
  nameOrTest,
  ...formsOf("name", names),
  ...formsOf("abbreviation", String.raw`(?:${abbreviations})\.?`),
];
