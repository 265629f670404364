import { type Day, dayIn } from "../model/days.ts";
import { exists, instantOf, isNoDay } from "./instants.ts";

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

const time = String.raw`(?:[T ,]\s*(?:(?:at|um)\s+)?(?<hour>\d{1,2})(?::(?<minute>\d\d)(?::\d\d(?:\.\d+)?)?)?\s*(?<half>[ap]\.?m\.?)?(?: ?(?<sharp>Uhr))?\s*(?<zone>Z|UTC|[+-]\d\d:?\d\d)?(?: ?\([^)]*\))?)?`;
const weekday = String.raw`(?:\p{L}{2,10}\.?,?\s+)?`;
const forms = [
  String.raw`(?<year>\d{4})(?<separator>[-/.])(?<month>\d{1,2})\k<separator>(?<day>\d{1,2})`,
  String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)`,
  String.raw`${weekday}(?<day>\d{1,2})\. ?(?<month>\d{1,2})\. ?(?<year>\d{4}|\d\d)`,
  String.raw`${weekday}(?<first>\d{1,2})(?<separator>[/-])(?<second>\d{1,2})\k<separator>(?<year>\d{4}|\d\d)`,
  String.raw`${weekday}(?<day>\d{1,2})(?:st|nd|rd|th|\.)?[ -](?<name>\p{L}{3,9})\.?,?[ -](?<year>\d{4}|\d\d)`,
  String.raw`${weekday}(?<name>\p{L}{3,9})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})`,
].map((form) => new RegExp(`^${form}${time}$`, "iu"));

/** A day as people and programs write them, with its year; undefined where it is not certain which. */
export function readDay(text: string, rules: DayRules): Moment | undefined {
  const written = text.normalize("NFC").trim();
  if (isNoDay(written)) return undefined;
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
function clockOf({ hour, minute, half, sharp }: Parts): string | undefined | null {
  if (hour === undefined) return undefined;
  if (minute === undefined && !half && !sharp) return null;
  const given = Number(hour);
  if (given > (half ? 12 : 23) || Number(minute ?? 0) > 59) return null;
  const hours = half ? (given % 12) + (/^p/i.test(half) ? 12 : 0) : given;
  return `${String(hours).padStart(2, "0")}:${minute ?? "00"}`;
}

function monthOf(name: string): string {
  const at = monthNames.findIndex((names) => names.includes(name.toLowerCase()));
  return String(at + 1);
}

/** An instant of RFC 3339, or of ISO 8601 in its short form, as the day and time it is there. */
export function readInstant(text: string, timeZone: string | undefined): Moment | undefined {
  const instant = instantOf(text);
  if (!instant) return undefined;
  const at = new Date(instant);
  const clock = at.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  return withTime(dayIn(timeZone, at), clock);
}

/** A due day; what stands there, to be refused, where it cannot be read; nothing where it says that there is none. */
export const dueOf = (text: string, moment: Moment | undefined): string | undefined =>
  moment?.day ?? (isNoDay(text) ? undefined : text);

/** A day and its time, as they stand in notes. */
export const writeMoment = ({ day, time: clock }: Moment) => [day, clock].filter(Boolean).join(" ");

/** When something starts, where that says more than when it is due; as it stands there, where it cannot be read. */
export function writeStart(text: string, start: Moment | undefined, due?: Moment): string {
  if (!start) return isNoDay(text) ? "" : text.trim();
  const isSame = start.day === due?.day && (!start.time || start.time === due.time);
  return isSame ? "" : writeMoment(start);
}
