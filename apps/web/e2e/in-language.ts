import { expect, type Page } from "@playwright/test";
import type { Language } from "../src/preferences/preferences.ts";
import { de } from "../src/strings/de.ts";
import { en } from "../src/strings/en.ts";
import type { Message } from "../src/strings/translate.ts";

const sentences = (messages: Record<string, Message>) =>
  Object.values(messages).filter((message) => typeof message === "string");
const own: Record<Language, readonly string[]> = { en: sentences(en), de: sentences(de) };

/** Fails with each sentence of another language that the page shows, or says to those who cannot see. */
export async function expectInLanguage(page: Page, language: Language) {
  const others = Object.entries(own).flatMap(([code, texts]) => (code === language ? [] : texts));
  const foreign = others.filter((text) => !own[language].includes(text));
  const shown = await page.evaluate(() => {
    const texts: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // What is in another language on purpose says so.
      const inside = node.parentElement?.closest("[lang], script, style");
      if (!inside || inside === document.documentElement) texts.push(node.textContent ?? "");
    }
    for (const element of document.querySelectorAll("*")) {
      if (element.closest("[lang]") !== document.documentElement) continue;
      for (const name of ["aria-label", "title", "placeholder", "alt"]) {
        texts.push(element.getAttribute(name) ?? "");
      }
    }
    return texts.map((text) => text.trim());
  });
  expect(shown.filter((text) => foreign.includes(text))).toEqual([]);
}
