import type { ParsedResult } from "chrono-node";
import type { FindDays } from "./understand.ts";

interface Parser {
  parse: (text: string, at: Date, options: { forwardDate: boolean }) => ParsedResult[];
}

/** Days in words as chrono reads them, in the viewer's time zone; never one that is past. */
export const daysBy =
  (parser: Parser, now: () => Date = () => new Date()): FindDays =>
  (text) =>
    parser.parse(text, now(), { forwardDate: true }).flatMap(({ index, text: words, start }) => {
      // "May" or "march" alone are more often words than days.
      const isDay = start.isCertain("day") || start.isCertain("weekday");
      const [year, month, day] = [start.get("year"), start.get("month"), start.get("day")];
      if (!isDay || !year || !month || !day) return [];
      const pad = (part: number, length: number) => String(part).padStart(length, "0");
      return {
        kind: "due" as const,
        day: `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`,
        from: index,
        to: index + words.length,
        keepWords: start.isCertain("hour"),
      };
    });
