/** Where a Chromium is, or undefined. */
export function findChromium(): string | undefined;
