import type { Page } from "@playwright/test";
import type { Language } from "../../src/preferences/preferences.ts";
import type { Translate } from "../../src/strings/translate.ts";
import { inEnglish, inGerman } from "../people.ts";

export const translations: Record<Language, Translate> = { en: inEnglish, de: inGerman };

/** What a way through the pages has: it does in the page's own language what a person would do. */
export interface Stage {
  page: Page;
  language: Language;
  t: Translate;
  /** Whether there is no room for the lists beside the tasks. */
  narrow: boolean;
  /** Called in each state, which has a name of its own; `whole` where the page goes on below. */
  look: (name: string, options?: { whole?: boolean }) => Promise<void>;
}

export const button = ({ page }: Stage, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true });

export async function choose(stage: Stage, menu: string | RegExp, item: string) {
  await button(stage, menu).click();
  await stage.page.getByRole("menuitem", { name: item, exact: true }).click();
}
