import { addDays, type Day, nextMonday } from "../../../model/days.ts";
import { addMonths } from "../calendar.ts";
import { form } from "../forms.ts";
import type { Form, Groups } from "../language.ts";
import { byLead, count, lead, neededByLead, numberIn, numbers } from "./words.ts";

const base = "(?<base>heute|morgen|übermorgen)";
const daysOn: Record<string, number> = { heute: 0, morgen: 1, übermorgen: 2 };

/** "Irgendwann nächste Woche", "die ganze nächste Woche": no one day of it. */
const oneDay = String.raw`(?<!(?<!\p{L})(?:irgendwann|ganzen?|komplette|während|über|innerhalb)(?:\s+der)?\s+)`;
const notVague = String.raw`(?!,?\s+irgendwann)`;
/** "10 km in 2 Tagen": how long it takes. */
const noMeasure = String.raw`(?<!\d\s*(?:km|kg|kilo|kilometer|meilen|seiten|wörter|schritte)\s)`;

/** Words with a capital that are no noun: "Diesen Morgen", "Zwei Morgen Land". */
const words = `dies|jen|welch|jed|manch|viel|einig|halb|ganz|nächst|früh|${numbers}`;
const noNoun = String.raw`(?!(?:${words.replace(/(?<=^|\|)./gu, (letter) => letter.toUpperCase())})(?:e[nmrs]?)?\s)`;

/** Days by how far they are from today. */
export const relativeDays: Form[] = [
  form("sure", `${byLead}heute`, (_, today) => today),
  form("sure", `${byLead}übermorgen`, (_, today) => addDays(today, 2)),
  ...tomorrow(),
  form("sure", String.raw`${lead}${oneDay}(?:nächste|kommende)\s+Woche${notVague}`, (_, today) =>
    nextMonday(today),
  ),
  form(
    "sure",
    String.raw`${oneDay}(?:in\s+der\s+)?(?:nächsten|kommenden)\s+Woche${notVague}`,
    (_, today) => nextMonday(today),
  ),
  form("sure", String.raw`${lead}übernächste\s+Woche`, (_, today) => addDays(nextMonday(today), 7)),
  form(
    "sure",
    String.raw`(?:${base}\s+)?${noMeasure}in\s+${count}\s+(?<unit>Tage|Woche|Monat)(?:n|en)?`,
    later,
  ),
];

/** "Morgen" is tomorrow where it begins, or stands behind a noun or "bis"; elsewhere it is the morning. */
function tomorrow(): Form[] {
  const read: Form["read"] = (_, today) => addDays(today, 1);
  const begins = String.raw`(?<=^[\s\p{P}\ufffc]*|(?<!\p{L})${noNoun}\p{Lu}\p{L}*\s+)`;
  return [
    form("sure", `${neededByLead}morgen`, read),
    form("sure", `morgen|MORGEN|${begins}Morgen`, read, "uy"),
  ];
}

function later({ count, unit = "", base = "" }: Groups, today: Day): Day | undefined {
  const from = addDays(today, daysOn[base.toLowerCase()] ?? 0);
  const number = numberIn(count);
  switch (unit.toLowerCase()) {
    case "tage":
      // "In acht Tagen" is in a week to some.
      return /^acht$/i.test(count ?? "") ? undefined : addDays(from, number);
    case "woche":
      return addDays(from, 7 * number);
    default:
      return addMonths(from, number);
  }
}
