import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const level = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with what axe finds against WCAG 2.2 AA, and where the page scrolls sideways. */
export async function expectAccessible(page: Page) {
  await expectNothing(axe(page).withTags(level));
  const sideways = () =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(sideways)).toBe(0);
}

/** Fails where a text has too little contrast: all that another colour scheme can change. */
export const expectContrast = (page: Page) =>
  expectNothing(axe(page).withRules(["color-contrast"]));

/** Its usual mode opens a page for each look, for the sake of frames, of which there are none here. */
const axe = (page: Page) =>
  new AxeBuilder({ page })
    .setLegacyMode()
    // They take the focus to hand it on at once: Tab stays in what is open.
    .exclude("[data-base-ui-focus-guard]");

async function expectNothing(found: AxeBuilder) {
  const { violations } = await found.analyze();
  expect(tell(violations)).toEqual([]);
}

type Violations = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"];

const tell = (violations: Violations) =>
  violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
