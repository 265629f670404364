import { fileURLToPath } from "node:url";
import { test } from "@playwright/test";
import type { Language } from "../src/preferences/preferences.ts";
import { journeys } from "./states/journeys.ts";
import { translations } from "./states/stage.ts";

const folder = fileURLToPath(new URL("../../../screenshots", import.meta.url));

const looks: { width: number; colorScheme: "light" | "dark"; language: Language }[] = [
  ...[320, 768, 1440].flatMap((width) =>
    (["light", "dark"] as const).map(
      (colorScheme) => ({ width, colorScheme, language: "en" }) as const,
    ),
  ),
  // Long words have the least room here.
  { width: 320, colorScheme: "light", language: "de" },
];

for (const { width, colorScheme, language } of looks) {
  const look = `${width}-${colorScheme}${language === "en" ? "" : `-${language}`}`;
  test.describe(look, () => {
    test.use({
      viewport: { width, height: 800 },
      colorScheme,
      locale: language === "en" ? "en-GB" : "de-DE",
    });
    for (const [name, go] of Object.entries(journeys)) {
      test(name, ({ page }) =>
        go({
          page,
          language,
          t: translations[language],
          narrow: width < 1024,
          look: async (state, { whole = false } = {}) => {
            await page.screenshot({ path: `${folder}/${state}-${look}.png`, fullPage: whole });
          },
        }),
      );
    }
  });
}
