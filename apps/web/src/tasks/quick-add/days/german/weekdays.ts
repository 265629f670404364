import { addDays, type Day } from "../../../model/days.ts";
import { BREAK } from "../break.ts";
import { inWeek, nextWeekday, upcoming, weekdayOf } from "../calendar.ts";
import { form } from "../forms.ts";
import type { Form, Groups, Kind } from "../language.ts";
import { abbreviations, count, lead, names, numberIn, weekdayIn } from "./words.ts";

type Read = (today: Day, weekday: number, groups: Groups) => Day | undefined;

const weeks: readonly [string, number][] = [
  ["diese[rn]?", 0],
  ["(?:nächste|kommende)[rn]?", 1],
  ["übernächste[rn]?", 2],
];

function formsOf(kind: Kind, choices: string): Form[] {
  const weekday = `(?<weekday>${choices})`;
  const of = (kind: Kind, pattern: string, read: Read) =>
    form(kind, pattern, (groups, today) => read(today, weekdayIn(groups.weekday), groups));
  return [
    of(kind, `${lead}${weekday}`, (today, number, { lead, weekday = "" }) => {
      const isWord =
        kind === "abbreviation" && (lead ? /^so/ : /^(?:so|do|\p{Lu}{2})/u).test(weekday);
      return isWord ? undefined : upcoming(today, number);
    }),
    of("sure", String.raw`${lead}kommende[nmrs]?\s+${weekday}`, upcoming),
    of("sure", String.raw`${lead}diese[nmrs]?\s+${weekday}`, (today, number) =>
      // On a Wednesday, "diesen Mittwoch" is today to some.
      number === weekdayOf(today) ? undefined : upcoming(today, number),
    ),
    of("sure", String.raw`${lead}nächste[nmrs]?\s+${weekday}`, nextWeekday),
    of("sure", String.raw`${lead}übernächste[nmrs]?\s+${weekday}`, (today, number) => {
      const next = nextWeekday(today, number);
      return next && addDays(next, 7);
    }),
    ...weeks.flatMap(([which, weeksOn]) => [
      of(
        "sure",
        String.raw`${lead}${weekday},?\s+(?:in\s+)?(?:der\s+)?${which}\s+Woche`,
        (today, number) => inWeek(today, number, weeksOn),
      ),
      of(
        "sure",
        String.raw`(?:in\s+der\s+)?${which}\s+Woche,?\s+(?:am\s+)?${weekday}`,
        (today, number) => inWeek(today, number, weeksOn),
      ),
    ]),
    of(
      "sure",
      String.raw`${lead}${weekday}\s+in\s+${count}\s+(?<unit>Woche|Tage)n?`,
      (today, number, groups) => {
        const days = numberIn(groups.count) * (/^w/i.test(groups.unit ?? "") ? 7 : 1);
        // Of "Freitag in acht Tagen", one part is not meant as it says.
        return days % 7 === 0 ? addDays(upcoming(today, number), days) : undefined;
      },
    ),
  ];
}

export const weekdays: Form[] = [
  ...formsOf("name", `(?:${names})(?<kept>morgen|früh|vormittag|mittag|nachmittag|abend|nacht)?`),
  // "So um 5 anrufen" is a way to do it.
  ...formsOf("abbreviation", String.raw`(?!So(?<=^[\s${BREAK}]*So))(?:${abbreviations})\.?`),
];
