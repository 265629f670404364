export const names = "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag";
export const abbreviations = "Mo|Di|Mi|Do|Fr|Sa|So";
export const months =
  "januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|jan|feb|mär|mrz|apr|jun|jul|aug|sept?|okt|nov|dez";
export const numbers =
  "eine?[nmr]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn";

export const weekdayIn = (name = "") =>
  /^sonnabend/i.test(name)
    ? 5
    : ["mo", "di", "mi", "do", "fr", "sa", "so"].indexOf(name.slice(0, 2).toLowerCase());

export const monthIn = (name = "") =>
  "janfebmäraprmaijunjulaugsepoktnovdez".indexOf(
    name.slice(0, 3).toLowerCase().replace("jän", "jan").replace("mrz", "mär"),
  ) /
    3 +
  1;

export const numberIn = (text = "") =>
  /^ein/i.test(text) ? 1 : numbers.split("|").indexOf(text.toLowerCase()) + 1 || Number(text);

/** The leads: "bis" is a deadline. */
const by = String.raw`(?:(?:(?:spätestens|fällig)\s+)?bis(?:\s+(?:spätestens|zum|am))*|(?:spätestens|fällig)(?:\s+(?:am|zum))?)`;
export const neededByLead = String.raw`(?<lead>${by}:?\s+)`;
export const byLead = `${neededByLead}?`;
export const neededLead = String.raw`(?<lead>(?:${by}:?|am|zum)\s+)`;
export const lead = `${neededLead}?`;

export const count = String.raw`(?<count>\d{1,3}|${numbers})`;
