import { cookies, headers } from "next/headers";
import { cache } from "react";
import { cookieNames, type Language, languageOf } from "../preferences/preferences.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { createTranslate, type Dictionary } from "./translate.ts";

const dictionaries: Record<Language, Dictionary> = { en, de };

/** The strings of this request's viewer, for server components. */
export const currentStrings = cache(async () => {
  const chosen = (await cookies()).get(cookieNames.language)?.value;
  const { language, locale } = languageOf(chosen, (await headers()).get("accept-language"));
  const dictionary = dictionaries[language];
  return { language, locale, dictionary, t: createTranslate(dictionary, locale) };
});
