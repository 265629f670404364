import { dateOf, upcoming } from "../calendar.ts";
import { form, onWeekday } from "../forms.ts";
import type { Form } from "../language.ts";
import { abbreviations, lead, monthIn, months, names, neededLead, weekdayIn } from "./words.ts";

const weekday = String.raw`(?<named>${names}|(?:${abbreviations})\.?),?\s+(?:de[nmr]\s+)?`;
const named = `(?:${weekday})?`;
const day = String.raw`(?<day>\d{1,2})`;
const month = String.raw`(?<month>\d{1,2})`;
/** What makes a number with a point a time or a measure. */
const noMeasure = String.raw`(?!\s*(?:uhr|h|€|euro|%|k?[gm]|l|liter)(?!\p{L}))`;

const numeric: Form["read"] = ({ named, day, month, year }, today) =>
  onWeekday(
    dateOf(today, Number(month), Number(day), year?.trim()),
    named ? weekdayIn(named) : undefined,
  );

export const dates: Form[] = [
  form(
    "sure",
    String.raw`${lead}${named}${day}(?:\.\s*|\s+)(?<month>${months})\.?(?:\s+(?<year>\d{4}))?`,
    ({ named, day, month, year }, today) =>
      onWeekday(
        dateOf(today, monthIn(month), Number(day), year),
        named ? weekdayIn(named) : undefined,
      ),
  ),
  form("sure", String.raw`${lead}${named}${day}\.\s?${month}\.(?<year>\s?20\d\d|\d\d)?`, numeric),
  form("sure", String.raw`${neededLead}${day}\.${month}${noMeasure}`, numeric),
  form("sure", String.raw`${lead}${weekday}${day}\.${month}${noMeasure}`, numeric),
  // "Freitag, der 4.", where the next Friday is that.
  form("sure", String.raw`${lead}${weekday}${day}\.`, ({ named, day }, today) => {
    const date = upcoming(today, weekdayIn(named));
    return Number(date.slice(8)) === Number(day) ? date : undefined;
  }),
  form("sure", String.raw`${lead}(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`, numeric),
];
