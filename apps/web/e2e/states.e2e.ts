import { expect, test } from "@playwright/test";
import { languages } from "../src/preferences/preferences.ts";
import { expectAccessible, expectContrast } from "./accessible.ts";
import { expectInLanguage } from "./in-language.ts";
import { journeys } from "./states/journeys.ts";
import { type Stage, translations } from "./states/stage.ts";
import { expectTouchable } from "./touchable.ts";

// Long words where there is the least room. `EVERY=1`: each language where there is little and where there is much.
const looks = languages.flatMap((language) => [320, 1440].map((width) => ({ language, width })));
const isUsual = ({ language, width }: (typeof looks)[number]) => language === "de" && width === 320;

for (const { language, width } of looks.filter(
  (look) => process.env.EVERY === "1" || isUsual(look),
)) {
  const narrow = width < 1024;
  test.describe(`at ${width} px, in ${language}`, () => {
    test.use({
      viewport: { width, height: 800 },
      locale: language === "en" ? "en-GB" : "de-DE",
      colorScheme: "light",
      hasTouch: narrow,
      actionTimeout: 15_000,
    });
    for (const [name, go] of Object.entries(journeys)) {
      test(`every state has what holds everywhere: ${name}`, async ({ page }, info) => {
        info.setTimeout(240_000);
        const stage: Omit<Stage, "look"> = { page, language, t: translations[language], narrow };
        const wrong: string[] = [];
        const check = async (what: string, checking: Promise<void>) =>
          checking.catch((error: Error) => void wrong.push(`${what}: ${error.message}`));
        const look = async (state: string) => {
          await check(`${state}, light`, expectAccessible(page));
          await check(`${state}, language`, expectInLanguage(page, language));
          await page.emulateMedia({ colorScheme: "dark" });
          await check(`${state}, dark`, expectContrast(page));
          await page.emulateMedia({ colorScheme: "light" });
          if (narrow && !state.startsWith("docs")) {
            await check(`${state}, touch`, expectTouchable(page));
          }
        };
        await go({ ...stage, look });
        expect(wrong.join("\n\n")).toBe("");
      });
    }
  });
}
