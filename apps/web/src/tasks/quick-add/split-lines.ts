/** As many as somebody would look through; for more there is the import of a file. */
export const MAX_PASTED_LINES = 100;

/** Undefined where it is one: what is typed into the input has no line ends. */
export function asLines(text: string): string[] | undefined {
  const lines = text.split("\n");
  return lines.length > 1 ? lines : undefined;
}

export const splitLines = (text: string): string[] =>
  text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.trim())
    .filter(Boolean);
