import type { Parser } from "chrono-node";
import { casual } from "chrono-node/de";
import { daysBy, hidden } from "./find-days.ts";

/** "12.12.", which chrono knows with a year only. */
const dayAndMonth: Parser = {
  pattern: () => /(?<![\d.])(?:am\s+)?(\d{1,2})\.\s?(\d{1,2})\.(?!\d)/i,
  extract: (context, [, day, month]) => {
    const isDate =
      Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;
    return isDate
      ? context.createParsingComponents({ day: Number(day), month: Number(month) })
      : null;
  },
};

const parser = casual.clone();
parser.parsers.push(dayAndMonth);

/** Behind more than one sign that is no letter, chrono takes "morgen" for the time of day. */
const beforeTomorrow = /[^\p{L}\p{N}]+(?=\smorgen(?!\p{L}))/giu;
const morning = /(?<!\p{L})(?:jeden|guten|am)\s+morgen(?!\p{L})/giu;

export const german = {
  parser,
  lead: /(?<=^|\s)(?:bis\s+(?:zum\s+|am\s+)?|am\s+|zum\s+|kommenden\s+|kommende\s+)+$/i,
  each: /(?<!\p{L})(?:jede[nrms]?)\s+(?:zweite[nrms]?\s+)?$/iu,
  readable: (text: string) => text.replace(beforeTomorrow, hidden).replace(morning, hidden),
};

export const findDays = daysBy(german);
