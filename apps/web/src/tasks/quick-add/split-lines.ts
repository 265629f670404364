/** As many as somebody would look through; for more there is the import of a file. */
export const MAX_PASTED_LINES = 100;

export const splitLines = (text: string): string[] =>
  text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.trim())
    .filter(Boolean);
