import type { ParsedComponents, ParsedResult } from "chrono-node";
import type { FindDays } from "./understand.ts";

interface Language {
  parser: {
    parse: (text: string, at: Date, options: { forwardDate: boolean }) => ParsedResult[];
  };
  /** Words that belong to the day behind them, up to the end of what stands before it. */
  lead: RegExp;
  /** Words before a day that make it many days, of which a task has none. */
  each: RegExp;
  /** What is to be read in the line's place, of the same length: where chrono would go astray. */
  readable?: (text: string) => string;
}

/** Letters in the place of what is no day, so that places stay. */
export const hidden = (words: string) => "x".repeat(words.length);

/** Days in words as chrono reads them, in the viewer's time zone; never one that is past. */
export const daysBy =
  ({ parser, lead, each, readable }: Language, now: () => Date = () => new Date()): FindDays =>
  (text) => {
    const at = now();
    const today = dayOf(at.getFullYear(), at.getMonth() + 1, at.getDate());
    const results = parser.parse(readable?.(text) ?? text, at, { forwardDate: true });
    return results.flatMap(({ index, text: words, start }) => {
      // "May" or "march" alone are more often words than days.
      const isDay = start.isCertain("day") || start.isCertain("weekday");
      const [year, month, day] = [start.get("year"), start.get("month"), start.get("day")];
      if (!isDay || !year || !month || !day || dayOf(year, month, day) < today) return [];
      const [before, after] = [text.slice(0, index), text.slice(index + words.length)];
      // To chrono, "ü" ends a word: "fr" in "früh" would be a Friday.
      if (/[\p{L}\p{N}]$/u.test(before) || /^\p{L}/u.test(after)) return [];
      if (each.test(before)) return [];
      return {
        kind: "due" as const,
        day: dayOf(year, month, day),
        from: index - (lead.exec(before)?.[0].length ?? 0),
        to: index + words.length,
        keepWords: hasTime(start),
      };
    });
  };

const dayOf = (year: number, month: number, day: number) =>
  `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;

const pad = (part: number, length: number) => String(part).padStart(length, "0");

/** Whether a time of day stands there, be it "at 5" or "evening". */
const hasTime = (start: ParsedComponents) =>
  start.isCertain("hour") || [...start.tags()].some((tag) => timesOfDay.test(tag));

const timesOfDay = /^casualReference\/(morning|noon|afternoon|evening|night|tonight|midnight)$/;
