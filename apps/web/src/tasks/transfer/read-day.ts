import { type Day, dayIn } from "../model/days.ts";

/** A day, and the time of it where one is told. */
export interface Moment {
  day: Day;
  time?: string;
}

/** Which comes first in days such as 03/04/2026. */
export type DayOrder = "day" | "month";

export interface DayRules {
  /** Where the viewer is; undefined is the runtime's own. */
  timeZone: string | undefined;
  order: DayOrder;
}

const monthNames = [
  ...["jan january januar jänner", "feb february februar feber", "mar march märz mär mrz"],
  ...["apr april", "may mai", "jun june juni", "jul july juli", "aug august"],
  ...["sep sept september", "oct october okt oktober", "nov november", "dec december dez dezember"],
].map((names) => names.split(" "));

const time = String.raw`(?:[T ,]\s*(?<hour>\d{1,2}):(?<minute>\d\d)(?::\d\d(?:\.\d+)?)?\s*(?<half>[ap]\.?m\.?)?(?: ?Uhr)?\s*(?<zone>Z|UTC|[+-]\d\d:?\d\d)?(?: ?\([^)]*\))?)?`;
const weekday = String.raw`(?:\p{L}{2,10}\.?,?\s+)?`;
const forms = [
  String.raw`(?<year>\d{4})(?<separator>[-/.])(?<month>\d{1,2})\k<separator>(?<day>\d{1,2})`,
  String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)`,
  String.raw`${weekday}(?<day>\d{1,2})\. ?(?<month>\d{1,2})\. ?(?<year>\d{4}|\d\d)`,
  String.raw`${weekday}(?<first>\d{1,2})(?<separator>[/-])(?<second>\d{1,2})\k<separator>(?<year>\d{4}|\d\d)`,
  String.raw`${weekday}(?<day>\d{1,2})(?:st|nd|rd|th|\.)?[ -](?<name>\p{L}{3,9})\.?,?[ -](?<year>\d{4})`,
  String.raw`${weekday}(?<name>\p{L}{3,9})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})`,
].map((form) => new RegExp(`^${form}${time}$`, "iu"));

/** A day as people and programs write them, with its year; undefined where it is not certain which. */
export function readDay(text: string, rules: DayRules): Moment | undefined {
  const written = text.normalize("NFC").trim();
  for (const form of forms) {
    const parts = form.exec(written)?.groups;
    if (parts) return momentOf(parts, rules);
  }
  return undefined;
}

type Parts = Record<string, string | undefined>;

function momentOf(parts: Parts, { order, timeZone }: DayRules): Moment | undefined {
  const { first, second, name, year = "" } = parts;
  const dayOf = (day = "", month = "") =>
    [year.padStart(4, "20"), month.padStart(2, "0"), day.padStart(2, "0")].join("-");
  // What is no day in the order that is expected can only be meant in the other.
  const readings = first
    ? [dayOf(first, second), dayOf(second, first)]
    : [dayOf(parts.day, name ? monthOf(name) : parts.month)];
  const written = (order === "day" ? readings : readings.reverse()).find(exists);
  if (!written) return undefined;
  const clock = clockOf(parts);
  if (clock === null) return undefined;
  if (clock === undefined) return { day: written };
  const { zone } = parts;
  // Midnight of UTC is how programs write a day without a time.
  if (!zone || (isUtc(zone) && clock === "00:00")) return withTime(written, clock);
  return readInstant(`${written}T${clock}:00${isUtc(zone) ? "Z" : zone}`, timeZone);
}

const isUtc = (zone: string) => /^(z|utc|\+00:?00)$/i.test(zone);
const withTime = (day: Day, clock: string): Moment =>
  clock === "00:00" ? { day } : { day, time: clock };

/** Undefined where there is none, null where it is none. */
function clockOf({ hour, minute, half }: Parts): string | undefined | null {
  if (hour === undefined) return undefined;
  const given = Number(hour);
  if (given > (half ? 12 : 23) || Number(minute) > 59) return null;
  const hours = half ? (given % 12) + (/^p/i.test(half) ? 12 : 0) : given;
  return `${String(hours).padStart(2, "0")}:${minute}`;
}

function monthOf(name: string): string {
  const at = monthNames.findIndex((names) => names.includes(name.toLowerCase()));
  return String(at + 1);
}

function exists(day: Day): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && day > "0001";
}

/** An instant of RFC 3339, or of ISO 8601 in its short form, as the day and time it is there. */
export function readInstant(text: string, timeZone: string | undefined): Moment | undefined {
  const instant = instantOf(text);
  if (!instant) return undefined;
  const at = new Date(instant);
  const clock = at.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  return withTime(dayIn(timeZone, at), clock);
}

/** The same instant as an import takes it. */
export function instantOf(text: string | undefined | null): string | undefined {
  const long = (text ?? "")
    .trim()
    .replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, "$1-$2-$3T$4:$5:$6")
    .replace(/([+-]\d\d)(\d\d)$/, "$1:$2");
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(long)) return undefined;
  // Engines take the 30th of February for the 2nd of March.
  if (!exists(long.slice(0, 10))) return undefined;
  const at = new Date(long);
  // The year 1 is how Go's programs write that there is none.
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1900 ? undefined : at.toISOString();
}

/** An instant that has been: others are none that anything could have been done at. */
export function pastInstantOf(text: string | undefined | null): string | undefined {
  const instant = instantOf(text);
  return instant && new Date(instant).getTime() <= Date.now() ? instant : undefined;
}

/** Which comes first in all days of a column, as far as one of them tells. */
export function orderOf(days: readonly string[]): DayOrder | undefined {
  const pairs = days.flatMap((text) => {
    const found = /(?<![\d-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)/.exec(text);
    return found ? [[Number(found[1]), Number(found[3])] as const] : [];
  });
  const isDayFirst = pairs.some(([first]) => first > 12);
  const isMonthFirst = pairs.some(([, second]) => second > 12);
  if (isDayFirst === isMonthFirst) return undefined;
  return isDayFirst ? "day" : "month";
}

/** Whether a day can be read both ways. */
export const isAmbiguous = (text: string) =>
  /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d\d)(?!\d)/.test(text.trim());

/** Which comes first where the viewer is. */
export const localOrder = (locale: string): DayOrder => {
  const parts = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "numeric",
  }).formatToParts();
  return parts.find(({ type }) => type === "day" || type === "month")?.type as DayOrder;
};
