/**
 * The labels in a line, such as `@home`, and the line without those before and behind all other words. One in
 * its middle is a word of the sentence as well, and stays.
 */
export function labelsAtEnds(text: string, sign: "@" | "+" | "@+") {
  const words = text.trim().split(/\s+/);
  const isLabel = (word = "") => word.length > 1 && sign.includes(word.charAt(0));
  const labels = words.filter(isLabel);
  const outside = (from: string) =>
    new RegExp(`^(?:[${sign}]\\S+(?:\\s+|$))+`).exec(from)?.[0] ?? "";
  const begun = text.trim().slice(outside(text.trim()).length);
  const title = begun.replace(new RegExp(`(?:(?:\\s+|^)[${sign}]\\S+)+$`), "");
  // Of labels alone nothing is left to be done: then they are the words.
  return title === ""
    ? { title: text.trim(), labels: [], signs: [] }
    : { title, labels: labels.map((word) => word.slice(1)), signs: labels };
}
