import type { Parser } from "chrono-node";
import { casual } from "chrono-node/en";
import { daysBy } from "./find-days.ts";

/** Chrono reads its last word alone. */
const dayAfterTomorrow: Parser = {
  pattern: () => /\b(?:the\s+)?day\s+after\s+tomorrow\b/i,
  extract: ({ refDate }) => {
    const date = new Date(refDate.getFullYear(), refDate.getMonth(), refDate.getDate() + 2);
    return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
  },
};

const parser = casual.clone();
parser.parsers.push(dayAfterTomorrow);

export const english = {
  parser,
  lead: /(?<=^|\s)(?:(?:by|until|till|due)\s+(?:on\s+)?|on\s+)$/i,
  each: /(?<!\p{L})(?:every|each)\s+(?:other\s+|second\s+)?$/iu,
};

export const findDays = daysBy(english);
