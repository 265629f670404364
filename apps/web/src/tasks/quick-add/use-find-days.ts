import { useState } from "react";
import type { Language } from "../../preferences/preferences.ts";
import { useStrings } from "../../strings/provider.tsx";
import type { FindDays } from "./understand.ts";

const load: Record<Language, () => Promise<{ findDays: FindDays }>> = {
  en: () => import("./days-en.ts"),
  de: () => import("./days-de.ts"),
};

const findNone: FindDays = () => [];

/** What finds days in the viewer's language, loaded when somebody is about to type. */
export function useFindDays(): { findDays: FindDays; prepare: () => Promise<FindDays> } {
  const { language } = useStrings();
  const [loaded, setLoaded] = useState<{ language: Language; findDays: FindDays }>();
  const findDays = loaded?.language === language ? loaded.findDays : undefined;
  return {
    findDays: findDays ?? findNone,
    prepare: async () => {
      if (findDays) return findDays;
      // Without a connection, a line is a title with tags and a priority.
      const found = await load[language]().then(
        (module) => module.findDays,
        () => findNone,
      );
      setLoaded({ language, findDays: found });
      return found;
    },
  };
}
