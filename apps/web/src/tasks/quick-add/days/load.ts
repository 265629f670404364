import type { Language } from "../../../preferences/preferences.ts";
import type { FindDay } from "./find-day.ts";

const languages: Record<Language, () => Promise<{ daysIn: (locale: string) => FindDay }>> = {
  en: () => import("./english/english.ts"),
  de: () => import("./german/german.ts"),
};

/** What finds days as they are written in a language, and in the country that the locale names. */
export const loadFindDay = async (language: Language, locale: string): Promise<FindDay> =>
  (await languages[language]()).daysIn(locale);
