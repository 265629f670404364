/** What a viewer has chosen about the pages; kept in cookies, so that the server draws them right at once. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];
/** Each in its own words, for those who have ended up in a language that they cannot read. */
export const languageNames: Record<Language, string> = { en: "English", de: "Deutsch" };

export const cookieNames = {
  theme: "theme",
  language: "language",
  timeZone: "time-zone",
  characterKeys: "character-keys",
} as const;

export const themeOf = (value: string | undefined): Theme =>
  themes.find((theme) => theme === value) ?? "system";

/** Whether keys that type a letter or a sign are shortcuts, too. */
export const characterKeysOf = (value: string | undefined): boolean => value !== "off";

/**
 * The language to show and the locale that dates are written in: as chosen, or else the first one in
 * `Accept-Language` (RFC 9110 §12.5.4) that there is a translation for, or else English.
 */
export function languageOf(
  chosen: string | undefined,
  accepted: string | null,
): { language: Language; locale: string } {
  const ranges = rangesIn(accepted ?? "");
  const language =
    languages.find((known) => known === chosen) ??
    ranges.map(languageIn).find((known) => known !== undefined) ??
    "en";
  return { language, locale: ranges.find((range) => languageIn(range) === language) ?? language };
}

const languageIn = (range: string): Language | undefined =>
  languages.find((known) => known === range.split("-")[0]?.toLowerCase());

/** The language ranges of the header, the most wanted first. */
function rangesIn(header: string): string[] {
  const weighted = header.split(",").flatMap((part) => {
    const [, range, weight] = /^\s*([A-Za-z0-9-]+)\s*(?:;\s*q=([\d.]+))?\s*$/.exec(part) ?? [];
    return range && isLocale(range) ? [{ range, weight: Number(weight ?? 1) }] : [];
  });
  return weighted.sort((a, b) => b.weight - a.weight).map(({ range }) => range);
}

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

/** A time zone that this runtime knows, or UTC. */
export function timeZoneOf(value: string | undefined): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value ?? "UTC" }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
