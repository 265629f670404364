import { addDays, type Day, nextMonday } from "../../../model/days.ts";
import { addMonths } from "../calendar.ts";
import { form } from "../forms.ts";
import type { Form, Groups } from "../language.ts";
import { byLead, count, lead, neededByLead, numberIn } from "./words.ts";

const base = "(?<base>heute|morgen|übermorgen)";
const daysOn: Record<string, number> = { heute: 0, morgen: 1, übermorgen: 2 };

/** Days by how far they are from today. */
export const relativeDays: Form[] = [
  form("sure", `${byLead}heute`, (_, today) => today),
  form("sure", `${byLead}übermorgen`, (_, today) => addDays(today, 2)),
  ...tomorrow(),
  form("sure", String.raw`${lead}(?:nächste|kommende)\s+Woche`, (_, today) => nextMonday(today)),
  form("sure", String.raw`(?:in\s+der\s+)?(?:nächsten|kommenden)\s+Woche`, (_, today) =>
    nextMonday(today),
  ),
  form("sure", String.raw`${lead}übernächste\s+Woche`, (_, today) => addDays(nextMonday(today), 7)),
  form(
    "sure",
    String.raw`(?:${base}\s+)?in\s+${count}\s+(?<unit>Tage|Woche|Monat)(?:n|en)?`,
    later,
  ),
];

/** "Morgen" is tomorrow where it begins, or stands behind a noun or "bis"; elsewhere it is the morning. */
function tomorrow(): Form[] {
  const read: Form["read"] = (_, today) => addDays(today, 1);
  const begins = String.raw`(?<=^[\s\p{P}\ufffc]*|(?<!\p{L})\p{Lu}\p{L}*\s+)`;
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
      return addDays(from, number);
    case "woche":
      return addDays(from, 7 * number);
    default:
      return addMonths(from, number);
  }
}
