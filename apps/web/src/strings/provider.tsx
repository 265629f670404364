"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Language } from "../preferences/preferences.ts";
import { createTranslate, type Dictionary, type Translate } from "./translate.ts";

interface Strings {
  t: Translate;
  language: Language;
  /** What dates and numbers are written in. */
  locale: string;
}

const StringsContext = createContext<Strings | null>(null);

interface StringsProviderProps {
  language: Language;
  locale: string;
  /** The one language that is shown: no page loads the others. */
  dictionary: Dictionary;
  children: ReactNode;
}

export function StringsProvider({ language, locale, dictionary, children }: StringsProviderProps) {
  const strings = useMemo(
    () => ({ language, locale, t: createTranslate(dictionary, locale) }),
    [language, locale, dictionary],
  );
  return <StringsContext value={strings}>{children}</StringsContext>;
}

export function useStrings(): Strings {
  const strings = useContext(StringsContext);
  if (!strings) throw new Error("There is no StringsProvider around this component.");
  return strings;
}

export const useT = (): Translate => useStrings().t;
