import { expect, type Locator, type Page, test } from "@playwright/test";
import { addTask, allSent, atWork, newEmail, password, row, tick } from "./people.ts";

// What a small phone has, and what its keyboard leaves of it.
const whole = { width: 320, height: 568 };
const aboveKeyboard = { width: 320, height: 300 };
test.use({ viewport: whole, hasTouch: true, isMobile: true });

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true });
const item = (page: Page, name: string) => page.getByRole("menuitem", { name, exact: true });

async function expectNoSidewaysScrolling(page: Page) {
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(over)).toBe(0);
}

/**
 * Resolves when the page knows, and rests: a browser takes a tap on what is still scrolling back for an end
 * of the scrolling, as it would a finger's.
 */
async function resize(page: Page, size: typeof whole) {
  await page.setViewportSize(size);
  await expect.poll(() => page.evaluate(() => innerHeight)).toBe(size.height);
  await page.evaluate(async () => {
    const place = () => [scrollY, visualViewport?.pageTop, document.documentElement.scrollHeight];
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    let before = place().join();
    for (let still = 0; still < 10; before = place().join()) {
      await frame();
      still = place().join() === before ? still + 1 : 0;
    }
  });
}

/** What is typed arrives, and can be seen, with the keyboard up. */
async function typeInto(page: Page, input: Locator, text: string) {
  await input.tap();
  await expect(input).toBeFocused();
  await resize(page, aboveKeyboard);
  // As a phone's keyboard gives it. Keys that are pressed while the field moves reach the page without letters.
  await page.keyboard.insertText(text);
  await expect(input).toHaveValue(text);
  await expect(input).toBeInViewport({ ratio: 0.9 });
  const covered = await input.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return !element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  expect(covered).toBe(false);
  await expectNoSidewaysScrolling(page);
  await resize(page, whole);
}

test("a thumb does all there is to do, and sees what it types", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/sign-up");
  await typeInto(page, page.getByLabel("Name", { exact: true }), "Ada");
  await typeInto(page, page.getByLabel("E-mail address"), newEmail());
  await typeInto(page, page.getByLabel("Password"), password);
  await button(page, "Create account").tap();
  await expect(page.getByText("Nothing to do")).toBeVisible();

  const quickAdd = page.getByLabel("New task");
  await typeInto(page, quickAdd, "Book a table !medium #home fri");
  await button(page, "Take “fri” as words").tap();
  await button(page, "Add").tap();
  await expect(tick(page, "Book a table fri")).toBeVisible();
  for (const title of ["Third", "Second", "First"]) await addTask(page, title);

  await button(page, "Edit: Second").tap();
  await typeInto(page, page.getByLabel("Notes"), "written in the tram");
  await button(page, "Tomorrow").tap();
  await typeInto(page, page.getByLabel("Tags"), "tram");
  await button(page, "Save").tap();
  await expect(row(page, "Second")).toContainText("Tomorrow");

  await tick(page, "Third").tap();
  await button(page, "Undo").tap();
  await expect(tick(page, "Third")).toBeVisible();

  await button(page, "More").tap();
  await item(page, "Select").tap();
  await page.getByRole("checkbox", { name: "Select: First" }).tap();
  await page.getByRole("checkbox", { name: "Select: Third" }).tap();
  await button(page, "Tag").tap();
  await typeInto(page, page.getByRole("dialog").getByLabel("Tag"), "both");
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).tap();
  await expect(row(page, "First")).toContainText("#both");
  await expect(row(page, "Third")).toContainText("#both");
  await allSent(page);

  await typeInto(page, page.getByRole("searchbox"), "tram");
  await expect(tick(page, "First")).toHaveCount(0);
  await expect(tick(page, "Second")).toBeVisible();
  await button(page, "Clear the search").tap();
  await expect(tick(page, "First")).toBeVisible();
  await button(page, "Filter and sort").tap();
  await page.getByLabel("Tag", { exact: true }).selectOption("both");
  await expect(tick(page, "Second")).toHaveCount(0);
  await button(page, "Turn the order round").tap();
  await expectNoSidewaysScrolling(page);

  await button(page, /Lists and tags/).tap();
  await page
    .getByRole("dialog")
    .getByRole("link", { name: /^Upcoming/ })
    .tap();
  await expect(tick(page, "Second")).toBeVisible();
  await button(page, "Edit: Second").tap();
  await page.getByRole("form").getByRole("button", { name: "Delete" }).tap();
  await expect(page.getByText("Nothing is coming up")).toBeVisible();
  await allSent(page);
  await button(page, /Lists and tags/).tap();
  await page.getByRole("dialog").getByRole("link", { name: "Recently deleted" }).tap();
  await button(page, "Restore: Second").tap();
  await expect(page.getByText("Nothing was deleted")).toBeVisible();

  for (const name of ["Export", "Import", "Keyboard shortcuts"]) {
    await button(page, "More").tap();
    await item(page, name).tap();
    const dialog = page.locator("[role=dialog][data-takes-keys]");
    await expect(dialog).toBeVisible();
    await expect(dialog).toBeInViewport({ ratio: 1 });
    await expectNoSidewaysScrolling(page);
    await dialog.getByRole("button", { name: "Close" }).tap();
    await expect(dialog).toHaveCount(0);
  }

  await button(page, "Account of Ada").tap();
  await page.getByRole("menuitemradio", { name: "Dark" }).tap();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await item(page, "Account").tap();
  await typeInto(page, page.getByLabel("Current password"), "not the password");
  await button(page, "Delete my account …").tap();
  await typeInto(page, page.getByLabel("To confirm, type your e-mail address"), "ada");
  await typeInto(page, page.getByRole("dialog").getByLabel("Password"), password);
  await button(page, "Cancel").tap();
  await button(page, "Account of Ada").tap();
  await item(page, "Sign out").tap();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("neither a bar nor a message covers the task that keys come to", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByLabel("Name", { exact: true }).fill("Ada");
  await page.getByLabel("E-mail address").fill(newEmail());
  await page.getByLabel("Password").fill(password);
  await button(page, "Create account").tap();
  await atWork(page);
  const titles = Array.from({ length: 20 }, (_, index) => `Task ${20 - index}`);
  for (const title of [...titles, "Done"]) await addTask(page, title);
  await page.keyboard.press("Escape");
  await tick(page, "Done").press("Space");
  await expect(button(page, "Undo")).toBeVisible();
  await expect(tick(page, "Task 1")).toBeFocused();
  await page.keyboard.press("x");
  const seen = (element: Element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  };
  for (const key of ["j", "k"]) {
    const ahead = key === "j" ? [...titles].reverse().slice(1) : titles.slice(1);
    for (const title of ahead) {
      await page.keyboard.press(key);
      await expect(tick(page, title)).toBeFocused();
      expect(await tick(page, title).evaluate(seen), `${key}: ${title}`).toBe(true);
    }
  }
});
