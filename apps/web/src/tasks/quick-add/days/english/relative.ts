import { addDays, type Day, nextMonday } from "../../../model/days.ts";
import { addMonths } from "../calendar.ts";
import { form } from "../forms.ts";
import type { Form, Groups } from "../language.ts";
import { byLead, count, lead, notTimes, numberIn } from "./words.ts";

const unit = "(?<unit>day|week|fortnight|month)s?";
const base = "(?<base>now|today|tomorrow)";
const vague = String.raw`(?:some|any)\s?time`;
/** "Sometime next week", "away all next week": no one day of it. */
const oneDay = String.raw`(?<!(?<!\p{L})(?:${vague}(?:\s+in)?|all|whole|entire|during|throughout|within|over)\s+)`;
/** "10 miles in 2 days": how long it takes. */
const noMeasure = String.raw`(?<!(?:once|twice|times|\d+\s*(?:k|km|kg|mi|miles?|lbs?|pounds?|steps?|pages?|words?))\s)`;

/** Days by how far they are from today. */
export const relativeDays: Form[] = [
  form("sure", `${byLead}today`, (_, today) => today),
  // "The message from earlier today" has come.
  form("sure", String.raw`earlier\s+(?:today|this\s+\w+)`, () => undefined),
  form("sure", String.raw`(?<kept>tonight|this\s+(?:afternoon|evening))`, (_, today) => today),
  form("sure", `${byLead}tomorrow`, (_, today) => addDays(today, 1)),
  form("sure", String.raw`${byLead}(?:the\s+)?day\s+after\s+tomorrow`, (_, today) =>
    addDays(today, 2),
  ),
  form("name", String.raw`${lead}${oneDay}next\s+week(?!,?\s+${vague})`, (_, today) =>
    nextMonday(today),
  ),
  form("name", String.raw`${lead}the\s+week\s+after\s+next`, (_, today) =>
    addDays(nextMonday(today), 7),
  ),
  form(
    "date",
    String.raw`(?<lead>due\s+)?${noMeasure}in\s+${count}\s+${unit}(?:['’]?s?['’]?\s+time)?`,
    later,
  ),
  form("sure", String.raw`${byLead}${count}\s+${unit}\s+from\s+${base}`, later),
  form("sure", String.raw`${byLead}${base}\s+(?<unit>week|fortnight)`, later),
  form(
    "sure",
    String.raw`${notTimes}${count}\s+(?<unit>week|fortnight)s?\s+(?<base>today|tomorrow)`,
    later,
  ),
];

function later({ count = "a", unit, base = "" }: Groups, today: Day): Day | undefined {
  const from = addDays(today, base.toLowerCase() === "tomorrow" ? 1 : 0);
  const number = numberIn(count);
  switch (unit) {
    case "day":
      // "In a day" is a figure of speech.
      return number > 1 || base ? addDays(from, number) : undefined;
    case "week":
      return addDays(from, 7 * number);
    case "fortnight":
      return addDays(from, 14 * number);
    case "month":
      return addMonths(from, number);
    default:
      // With a capital it is of a name: "Around the World in 80 Days".
      return undefined;
  }
}
