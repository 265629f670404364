import { addDays, type Day } from "../../model/days.ts";

/** From Monday, 0, to Sunday, 6. */
export const weekdayOf = (day: Day) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

/** The first such weekday after today: who means today says so. */
export const upcoming = (today: Day, weekday: number): Day =>
  addDays(today, (weekday - weekdayOf(today) + 7) % 7 || 7);

/** A weekday of this week; of the next, one week on. */
export const inWeek = (today: Day, weekday: number, weeksOn = 0): Day =>
  addDays(today, weekday - weekdayOf(today) + 7 * weeksOn);

/** Said on a Wednesday, "next Friday" is in two days to some and in nine to others; "next Monday" is one day. */
export function nextWeekday(today: Day, weekday: number): Day | undefined {
  const nearest = upcoming(today, weekday);
  return nearest === inWeek(today, weekday, 1) ? nearest : undefined;
}

/** Undefined where the calendar has no such day. */
export function dayOf(year: number, month: number, day: number): Day | undefined {
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
}

const pad = (part: number, length: number) => String(part).padStart(length, "0");

/** Without a year the next such day; with one of two digits, of this century, where it is not far off. */
export function dateOf(today: Day, month: number, day: number, year?: string): Day | undefined {
  const thisYear = Number(today.slice(0, 4));
  const digits = year?.replace(/\D/g, "");
  if (digits?.length === 2)
    // Nobody plans for 2063: "11/22/63" has been.
    return Number(digits) + 2000 > thisYear + 20
      ? undefined
      : dayOf(Number(digits) + 2000, month, day);
  if (digits) return dayOf(Number(digits), month, day);
  return [thisYear, thisYear + 1]
    .map((candidate) => dayOf(candidate, month, day))
    .find((candidate) => candidate !== undefined && candidate >= today);
}

/** The same day of a later month, or that month's last. */
export function addMonths(today: Day, count: number): Day {
  const [year = 0, month = 0, day = 0] = today.split("-").map(Number);
  const months = year * 12 + month - 1 + count;
  const [inYear, inMonth] = [Math.floor(months / 12), (months % 12) + 1];
  const last = new Date(Date.UTC(inYear, inMonth, 0)).getUTCDate();
  return dayOf(inYear, inMonth, Math.min(day, last)) ?? today;
}
