import { dateOf, upcoming } from "../calendar.ts";
import { form, onWeekday, year } from "../forms.ts";
import type { Form } from "../language.ts";
import { abbreviations, lead, monthIn, months, names, neededLead, weekdayIn } from "./words.ts";

const weekday = String.raw`(?<named>${names}|(?:${abbreviations})\.?),?\s+(?:de[nmr]\s+)?`;
const named = `(?:${weekday})?`;
const day = String.raw`(?<day>\d{1,2})`;
const month = String.raw`(?<month>\d{1,2})`;
/** What makes a number with a point a time or a measure. */
const noMeasure = String.raw`(?!\s*(?:uhr|h|€|euro|%|prozent|°|grad|k?[gm]|[cm]?[ml]|liter|t|tonnen?|[kmg]hz|[kmgt]b|k?wh?|watt|v|volt|bar|zoll|ha|qm|mal|fach\p{L}*|punkte?|sterne?|stunden|mio|mrd|million(?:en)?)(?!\p{L}))`;

/** What has numbers with points that are no day: "Satz 2.3.", "Firmware 5.1.27". */
const things =
  "satz|lemma|theorem|definition|beispiel|tabelle|tab|abbildung|abb|gleichung|formel|klasse|zimmer|gleis|schritt|modul|lektion|folge|staffel|blatt|übungsblatt|unterpunkt|paragraf|node|firmware|software|build|kernel|python|java|php|ios|android|windows|macos|debian|ubuntu";
const notNumbered = String.raw`(?<!(?<!\p{L})(?:${things})\.?\s+)`;

const numeric: Form["read"] = ({ named, day, month, year }, today) =>
  onWeekday(dateOf(today, Number(month), Number(day), year), named ? weekdayIn(named) : undefined);

export const dates: Form[] = [
  form(
    "sure",
    String.raw`${lead}${named}${day}(?:\.\s*|\s+)(?<month>${months})\.?${year}`,
    ({ named, day, month, year }, today) =>
      onWeekday(
        dateOf(today, monthIn(month), Number(day), year),
        named ? weekdayIn(named) : undefined,
      ),
  ),
  form(
    "sure",
    String.raw`${lead}${named}${notNumbered}${day}\.\s?${month}\.(?<year>\s?(?:20\d\d|['’]\d\d)|\d\d)?`,
    numeric,
  ),
  form("sure", String.raw`${neededLead}${day}\.${month}${noMeasure}`, numeric),
  form("sure", String.raw`${lead}${weekday}${day}\.${month}${noMeasure}`, numeric),
  // "Freitag, der 4.", where the next Friday is that.
  form("sure", String.raw`${lead}${weekday}${day}\.`, ({ named, day }, today) => {
    const date = upcoming(today, weekdayIn(named));
    return Number(date.slice(8)) === Number(day) ? date : undefined;
  }),
  form("sure", String.raw`${lead}(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`, numeric),
];
