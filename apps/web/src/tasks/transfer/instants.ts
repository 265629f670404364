import type { Day } from "../model/days.ts";

export function exists(day: Day): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && !isNoDay(day);
}

/** How programs write that there is no day: among them the year 1 of Go's, and the zeros of databases. */
export const isNoDay = (text: string) =>
  /^(0{1,4}([-./])0{1,2}\2(0{4}|0{1,2})|000[01]-01-01)(?!\d)|^([-–—]+|0|n\/a|none|null|never|nie|no|nein|keine?s?)?$/i.test(
    text.trim(),
  );

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

/** Noon of a day, which is the same day nearly everywhere. */
export const noonOf = (day: Day) => `${day}T12:00:00.000Z`;
