import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Fails with what axe finds against WCAG 2.2 AA, and where the page scrolls sideways. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    // They take the focus to hand it on at once: Tab stays in what is open.
    .exclude("[data-base-ui-focus-guard]")
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect(tell(violations)).toEqual([]);
  const sideways = () =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(sideways)).toBe(0);
}

type Violations = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"];

const tell = (violations: Violations) =>
  violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
