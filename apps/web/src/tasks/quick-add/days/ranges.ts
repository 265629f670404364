/** How a day is tied to another: as the end of a range, or as one of a list. */
export interface Ranges {
  /** Ends a text that leads from a weekday to the day behind it: "Mon to ". */
  beforeDay: RegExp;
  /** The same of a number, where the day begins with one: "24. and ". */
  beforeNumber: RegExp;
  /** What leads from a day to a weekday behind it. */
  afterDay: RegExp;
  /** The same of a number, where the day ends with one: " to 26". */
  afterNumber: RegExp;
  /** All there is between two days that are one range or list. */
  between: RegExp;
}

interface Words {
  links: string;
  leads: string;
  weekdays: string;
  /** What tells a time from a day of the month. */
  hour: string;
  flags: string;
}

export function rangesOf({ links, leads, weekdays, hour, flags }: Words): Ranges {
  const link = String.raw`(?:(?:${links})(?!\p{L})|[-–—]+>?|[=~]+>|[→/&+…]|\.{2,3})`;
  const linkOrComma = `(?:${link}|,)`;
  const ordinal = String.raw`\d{1,2}(?:st|nd|rd|th|\.)?`;
  const lead = String.raw`(?:(?:${leads})\s+)*`;
  // "Fri 4 - Sun 6 Dec"
  const numbered = String.raw`(?:,?\s+${lead}${ordinal})?`;
  return {
    beforeDay: new RegExp(
      String.raw`(?<![\p{L}\p{N}])(?:${weekdays})\.?${numbered}(?:\s*${linkOrComma})?\s+${lead}$`,
      flags,
    ),
    beforeNumber: new RegExp(
      String.raw`(?<![\p{L}\p{N}.])${ordinal}\s*${linkOrComma}\s*${lead}$`,
      flags,
    ),
    afterDay: new RegExp(
      String.raw`^${numbered}\s*${link}\s*${lead}(?:${weekdays})(?![\p{L}\p{N}])`,
      flags,
    ),
    afterNumber: new RegExp(
      String.raw`^\s*${linkOrComma}\s*${ordinal}(?![\p{L}\p{N}:])(?!\s*(?:${hour}))`,
      flags,
    ),
    between: new RegExp(String.raw`^(?:[\s,]|${link}|(?:${leads})(?!\p{L}))*$`, flags),
  };
}
