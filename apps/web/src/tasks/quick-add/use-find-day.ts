import { useState } from "react";
import { useStrings } from "../../strings/provider.tsx";
import type { FindDay } from "./days/find-day.ts";
import { loadFindDay } from "./days/load.ts";

/** What finds days in the viewer's language, once it was loaded; one that failed is loaded by whoever asks next. */
export function useFindDay() {
  const { language, locale } = useStrings();
  const [loaded, setLoaded] = useState<{ language: string; findDay: FindDay }>();
  const [loading] = useState(() => new Map<string, Promise<FindDay | undefined>>());
  const findDay = loaded?.language === language ? loaded.findDay : undefined;

  function prepare(): Promise<FindDay | undefined> {
    const known = loading.get(language);
    if (known) return known;
    const promise = loadFindDay(language, locale).then(
      (found) => {
        setLoaded({ language, findDay: found });
        return found;
      },
      () => {
        loading.delete(language);
        return undefined;
      },
    );
    loading.set(language, promise);
    return promise;
  }
  return { findDay, prepare };
}
