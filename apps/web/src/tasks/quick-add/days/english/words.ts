export const names = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";
export const abbreviations = "mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun";
export const months =
  "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec";
const numbers = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve";

export const weekdayIn = (name = "") =>
  ["mo", "tu", "we", "th", "fr", "sa", "su"].indexOf(name.slice(0, 2).toLowerCase());

export const monthIn = (name = "") =>
  "janfebmaraprmayjunjulaugsepoctnovdec".indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1;

export const numberIn = (text = "") =>
  /^an?$/i.test(text) ? 1 : numbers.split("|").indexOf(text.toLowerCase()) + 1 || Number(text);

/** The leads: "by" is a deadline, but for "stop by"; with "until" the words say more than the day. */
export const by = String.raw`(?:due(?:\s+(?:by|on))?|(?<!(?:stop|drop|come|swing|pass|stand|go|get|put)\s)(?:latest\s+)?by(?:\s+the)?(?:\s+latest)?|(?<kept>until|till))`;
export const byLead = String.raw`(?<lead>${by}:?\s+)?`;
export const lead = String.raw`(?<lead>(?:${by}:?|on)\s+)?`;

/** "Three times a week on Monday" is no week from Monday. */
export const notTimes = String.raw`(?<!(?:once|twice|times)\s+)`;
export const count = String.raw`(?<count>\d{1,3}|an?|${numbers})`;
