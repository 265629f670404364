/** Calendar days as the contract writes them, `YYYY-MM-DD`; they compare as texts. */
export type Day = string;

const utc = (day: Day) => new Date(`${day}T00:00:00Z`);
const ofUtc = (date: Date): Day => date.toISOString().slice(0, 10);

export function addDays(day: Day, count: number): Day {
  const date = utc(day);
  date.setUTCDate(date.getUTCDate() + count);
  return ofUtc(date);
}

/** The next day that is a Monday. */
export const nextMonday = (day: Day): Day => addDays(day, (8 - utc(day).getUTCDay()) % 7 || 7);

/** The days that are chosen most, by name; null is none. */
export const nearDays = (today: Day) =>
  [
    ["today", today],
    ["tomorrow", addDays(today, 1)],
    ["nextWeek", nextMonday(today)],
    ["noDate", null],
  ] as const;

/** Which day it is in a time zone; in the runtime's own where none is named. */
export function dayIn(timeZone: string | undefined, at: Date): Day {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

/** A day near today by its name, another of this year without the year. */
export function writeDay(day: Day, today: Day, locale: string): string {
  const distance = (utc(day).getTime() - utc(today).getTime()) / 86_400_000;
  if (Math.abs(distance) <= 1) {
    const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(distance, "day");
    return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
  }
  if (distance > 1 && distance < 7) return write(day, locale, { weekday: "long" });
  return writeDate(day, today, locale);
}

/** The day in the calendar; of today's year without the year. */
export function writeDate(day: Day, today: Day, locale: string): string {
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  return write(day, locale, {
    weekday: sameYear ? "short" : undefined,
    day: "numeric",
    month: "short",
    year: sameYear ? undefined : "numeric",
  });
}

const write = (day: Day, locale: string, options: Intl.DateTimeFormatOptions) =>
  // It is the same day in every time zone.
  utc(day).toLocaleDateString(locale, { ...options, timeZone: "UTC" });
