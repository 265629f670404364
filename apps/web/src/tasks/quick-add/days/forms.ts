import type { Day } from "../../model/days.ts";
import { BREAK } from "./break.ts";
import { weekdayOf } from "./calendar.ts";
import type { Form, Groups, Kind } from "./language.ts";

const latest = String.raw`(?:,?\s+(?:(?:at\s+the\s+)?latest|spätestens))?`;

/** A way to write a day, as words of its own: what is behind it is a blank, an end, or a sign before one. */
export const form = (kind: Kind, pattern: string, read: Form["read"], flags = "iuy"): Form => ({
  kind,
  read,
  pattern: new RegExp(String.raw`(?:${pattern})${latest}(?=[)\]},;:.!?…]*(?:\s|$|—))`, flags),
});

/** The year behind a month's name: one of two digits needs its apostrophe, or an end. */
export const year = String.raw`(?:,?\s+(?<year>\d{4}|['’]\d\d|[2-9]\d(?=[)\]},;:.!?…]*\s*(?:$|${BREAK})|[)\]},;:.!?…]+\s)))?`;

/** A choice of words, none of which goes on. */
export const words = (...choices: string[]) => String.raw`(?:${choices.join("|")})(?![\p{L}\p{N}])`;

/** Tests what is before a place, up to it. */
export const endingWith = (...choices: string[]) =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${choices.join("|")})\s+$`, "iu");

/** Tests what is behind a place, from it on. */
export const beginningWith = (...choices: string[]) =>
  new RegExp(String.raw`^\s+${words(...choices)}`, "iu");

/** The same, of a time of the day: "Fri, 9:30", "Fri (3pm)", "Mon @ 3". */
export const timeBehind = (time: string) =>
  new RegExp(String.raw`^[,.:]?\s+\(?(?:@\s*)?${words(time)}`, "iu");

/** A date, where a weekday that is named with it is that day's. */
export const onWeekday = (day: Day | undefined, weekday: number | undefined) =>
  day !== undefined && (weekday === undefined || weekdayOf(day) === weekday) ? day : undefined;

export const numberIn = (groups: Groups, name: string) => Number(groups[name]);
