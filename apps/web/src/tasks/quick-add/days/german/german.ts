import { dayFinder } from "../find-day.ts";
import { beginningWith, endingWith, timeBehind } from "../forms.ts";
import type { Language } from "../language.ts";
import { rangesOf } from "../ranges.ts";
import { recurrenceOf } from "../recurrence.ts";
import { dates } from "./dates.ts";
import { relativeDays } from "./relative.ts";
import { weekdays } from "./weekdays.ts";
import { count, months, names } from "./words.ts";

const weekdayNames = names
  .split("|")
  .map((name) => `[${name[0]?.toUpperCase()}${name[0]}]${name.slice(1)}`)
  .join("|");
const holidays = "(?:ostern|pfingsten|weihnachten|neujahr|silvester)";

const period = "(?:tage?|wochen?|monate?|quartale?|jahre?)";

const german: Language = {
  forms: [...relativeDays, ...weekdays, ...dates],
  neverAfter: endingWith(
    "(?:vor)?letzte[nmrs]?|vorige[nmrs]?|vergangene[nmrs]?|(?:vor)?gestern",
    String.raw`(?:letzte|vorige|vergangene)[nr]?\s+woche(?:\s+am)?`,
    "seit|von|vom|ab|vor|nach|geboren",
    "jede[nmrs]?|alle|immer|erste[nmrs]?|zweite[nmrs]?|dritte[nmrs]?|vierte[nmrs]?",
    "nicht|nie|keine?[nmr]?|zwischen|außer|ausser|statt|anstatt|als|wie",
    "bild|welt|nzz|faz",
  ),
  neverBareAfter: endingWith(
    "der|die|das|den|dem|des|eine?[nmrs]?|(?:mein|dein|sein|ihr|unser|euer|eur)(?:e[nmrs]?)?",
    "für|über|zu|zur|mit|bei|an|in|im|auf|aus|um|durch|ohne|wegen|gegen|circa|ca\\.?|und|oder|sowie|am|zum",
    "ganze[nmrs]?|anfang|ende|mitte|version|kapitel|abschnitt|punkt|nummer|nr\\.?|teil|seite|absatz|artikel|ziffer|aufgabe|übung|level|release|raum|§",
    "gute[nr]?|schöne[nr]?|frühe[nr]?|schwarze[nr]?|grüne[nr]?|weiße[nr]?|blaue[nr]?|lange[nr]?|freie[nr]?|verkaufsoffene[nr]?",
    String.raw`herrn?|frau|(?:dr|prof)\.?|familie|firma|lady|to|can`,
    "ach|na|ja|oh|re|xiaomi|taekwon|psychologie",
  ),
  neverBefore: beginningWith(
    String.raw`vor\s+${count}\s+(?:tag|woche|monat|jahr)(?:e?n)?`.replace("?<count>", "?:"),
    "(?:letzte|vorige|vergangene)[nrs]?|alle|jede[nmrs]?|planen|oder|journal|show",
    `im\\s+(?:${months})|(?:nach|vor)\\s+${holidays}`,
    String.raw`um\s+die\s+welt|de[rs]\s+(?:\d+|monats|woche)|['’]\d\d`,
  ),
  pastBefore: endingWith(
    String.raw`(?:war(?:en|s?t)?|hatte[nt]?)(?:\s+(?:ich|du|er|sie|es|wir|ihr))?|kam(?:en)?|gab|ging(?:en)?`,
  ),
  pastAfter: beginningWith(
    "(?:ge(?:kauft|macht|sehen|sagt|schrieben|schickt|sendet|lesen|troffen|liehen|nommen|funden|liefert|bracht|gessen|arbeitet|wesen|fahren|laufen|zahlt|geben|meldet|holt|dreht)|bestellt|erledigt|besorgt|bezahlt|versprochen|verloren|verschickt|unterschrieben|besprochen|passiert|geschehen|ange(?:kommen|rufen|fangen)|abge(?:schickt|geben|holt|sagt)|aufge(?:nommen|schrieben))(?:e[nmrs]?)?",
    "(?:an)?kam(?:en)?|einging(?:en)?|stattfand(?:en)?|anrief|war(?:en)?|hatte[nt]?|wurden?|ging(?:en)?|schrieb(?:en)?|sagten?|schickten?|kauften?|gab|rief|passierte",
  ),
  verb: beginningWith(
    "ist|sind|wird|werden|hat|haben|kommt|kommen|muss|müssen|soll|gibt|beginnt|fängt",
  ),
  planned:
    /(?<!\p{L})(?:wird|werden|soll(?:en|te)?|muss|müssen|kann|können|lassen|sein)(?!\p{L})/iu,
  // A noun that a weekday belongs to is one word with it.
  nameBefore: /^/,
  timeBefore: timeBehind(
    String.raw`(?:um|gegen|ab)\s+\d{1,2}(?:[:.]\d\d)?|\d{1,2}(?:[:.]\d\d)?\s*(?:uhr|h)|\d{1,2}:\d\d|\d{1,2}(?:[:.]\d\d)?\s?[-–]\s?\d{1,2}(?:[:.]\d\d)?(?:\s*uhr)?(?!\.|\s+(?:${months}))|früh|(?:vor|nach)?mittags|abends`,
  ),
  // "Bis" alone may be said of somebody's stay.
  deadline: /spätestens|fällig/i,
  partOfDay: beginningWith(
    String.raw`(?:früh\s+)?(?:morgen|vormittag|mittag|nachmittag|abend|nacht)`,
  ),
  ...recurrenceOf({
    adverbs:
      "(?:halb|viertel)?jährlich|(?:zwei|drei|vier|14-?|vierzehn)?(?:täglich|wöchentlich|monatlich)|jeweils|stets|regelmäßig|wiederholt|immer",
    phrases: String.raw`(?:jede[nmrs]?|alle)\s+(?:[\p{L}\d]+\s+)?${period}|(?:[\p{L}\d]+\s?)?mal\s+(?:im|pro|die|am)\s+${period}`,
  }),
  ...rangesOf({
    links: "bis|auf|und|oder|sowie",
    leads: "am|zum|den",
    weekdays: `${weekdayNames}|[Mm]o|[Dd]i|[Mm]i|Do|[Ff]r|[Ss]a|So|[Gg]estern`,
    hour: "[Uu]hr",
    flags: "u",
  }),
};

export const daysIn = () => dayFinder(german);
