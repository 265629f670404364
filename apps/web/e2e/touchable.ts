import { expect, type Page } from "@playwright/test";

/** How large what can be touched has to be, each way (WCAG 2.5.5). */
const LEAST = 44;

/**
 * Fails with each thing to press that is smaller than a finger. What counts is where a press arrives:
 * a label presses its input, and a pseudo-element its button. Links within a sentence may be as high as
 * its line (WCAG 2.5.8).
 */
export async function expectTouchable(page: Page) {
  const small = await page.evaluate((least) => {
    const kinds =
      "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=menuitem], [role=menuitemradio], [role=option], [role=tab]";
    const shown = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const modal = document.querySelector("[role=dialog], [role=alertdialog], [role=menu]");
    const inSentence = (element: Element) =>
      element.matches("a") &&
      getComputedStyle(element).display === "inline" &&
      (element.parentElement?.textContent ?? "").trim() !== (element.textContent ?? "").trim();

    /** How far from the middle presses still arrive at the element, each way. */
    function reach(element: Element) {
      const box = element.getBoundingClientRect();
      const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      const arrives = (x: number, y: number) => {
        const hit = document.elementFromPoint(x, y);
        return hit !== null && [element, ...labels].some((own) => own.contains(hit));
      };
      const steps = (dx: number, dy: number) => {
        let far = 0;
        while (far < 60 && arrives(middle.x + dx * (far + 0.5), middle.y + dy * (far + 0.5)))
          far += 0.5;
        return far;
      };
      return {
        width: Math.max(box.width, steps(-1, 0) + steps(1, 0)),
        height: Math.max(box.height, steps(0, -1) + steps(0, 1)),
      };
    }

    const found: string[] = [];
    for (const element of document.querySelectorAll(kinds)) {
      if (!shown(element) || inSentence(element)) continue;
      if (modal && !modal.contains(element)) continue;
      const box = element.getBoundingClientRect();
      // Out of sight until it has the focus, such as the link past the header.
      if (box.bottom <= 0 || box.width <= 1) continue;
      if (box.width >= least && box.height >= least) continue;
      element.scrollIntoView({ block: "center", inline: "center" });
      const { width, height } = reach(element);
      if (width >= least && height >= least) continue;
      found.push(
        `${Math.round(width)} × ${Math.round(height)}: ${element.outerHTML.slice(0, 200)}`,
      );
    }
    return found;
  }, LEAST);
  expect(small).toEqual([]);
}
