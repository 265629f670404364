import { expect, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { addTask, allSent, row, signUp, tick } from "./people.ts";

const emptyList = "Nothing to do. Add a task above.";

test("the keyboard alone adds, moves, edits, ticks, deletes and undoes", async ({ page }) => {
  const { keyboard } = page;
  await signUp(page, "Ada");
  await keyboard.press("n");
  await expect(page.getByLabel("New task")).toBeFocused();
  for (const title of ["Third", "Second", "First"]) {
    await keyboard.type(title);
    await keyboard.press("Enter");
    await expect(tick(page, title)).toBeVisible();
    await expect(page.getByLabel("New task")).toBeFocused();
  }
  await keyboard.press("Escape");
  await keyboard.press("j");
  await expect(tick(page, "First")).toBeFocused();
  await keyboard.press("j");
  await keyboard.press("j");
  await keyboard.press("k");
  await expect(tick(page, "Second")).toBeFocused();

  await keyboard.press("e");
  await expect(page.getByRole("textbox", { name: "Title" })).toBeFocused();
  await keyboard.press("End");
  await keyboard.type(" by keys");
  await keyboard.press("Control+Enter");
  await expect(tick(page, "Second by keys")).toBeFocused();
  await keyboard.press("e");
  await keyboard.type("never saved");
  await keyboard.press("Escape");
  await expect(tick(page, "Second by keys")).toBeFocused();

  await keyboard.press("Space");
  await expect(tick(page, "Third")).toBeFocused();
  await keyboard.press("Delete");
  await expect(tick(page, "First")).toBeFocused();
  await keyboard.press("u");
  await expect(tick(page, "Third")).toBeVisible();
  await keyboard.press("Control+Shift+z");
  await keyboard.press("Control+z");
  await expect(tick(page, "Second by keys")).toBeVisible();
  await expect(tick(page, "First")).toBeFocused();

  // Also once the server has answered, and no list here has the task any more.
  await keyboard.press("Space");
  await allSent(page);
  await keyboard.press("u");
  await allSent(page);
  await page.reload();
  await expect(tick(page, "First")).toBeVisible();
});

test("keys choose several, and what is done to them leaves the focus on the list", async ({
  page,
}) => {
  const { keyboard } = page;
  await signUp(page, "Ada");
  for (const title of ["Third", "Second", "First"]) await addTask(page, title);
  await keyboard.press("Escape");
  await keyboard.press("j");
  await keyboard.press("x");
  await keyboard.press("j");
  await keyboard.press("x");
  await expect(page.getByText("2 selected")).toBeVisible();
  await keyboard.press("Delete");
  await expect(tick(page, "First")).toHaveCount(0);
  await expect(tick(page, "Third")).toBeFocused();
  await keyboard.press("Space");
  await expect(page.getByText(emptyList)).toBeVisible();
  await expect(page.getByLabel("New task")).toBeFocused();
});

test("a key that is held deletes one task", async ({ page }) => {
  await signUp(page, "Ada");
  for (const title of ["Third", "Second", "First"]) await addTask(page, title);
  await tick(page, "First").focus();
  await page.keyboard.down("Delete");
  await expect(tick(page, "Second")).toBeFocused();
  await page.keyboard.down("Delete");
  await page.keyboard.up("Delete");
  await expect(tick(page, "Second")).toBeVisible();
});

test("the palette does everything, and ? shows the keys", async ({ page }) => {
  const { keyboard } = page;
  await signUp(page, "Ada");
  await addTask(page, "Buy milk");
  await keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Every action" });
  await expect(palette.getByLabel("What do you want to do?")).toBeFocused();
  await expectAccessible(page);
  await keyboard.type("upcom");
  await keyboard.press("Enter");
  await expect(page).toHaveURL(/view=upcoming/);
  await expect(palette).toHaveCount(0);

  await page.goto("/tasks");
  await tick(page, "Buy milk").focus();
  await keyboard.press("Control+k");
  await keyboard.type("tick");
  await keyboard.press("Enter");
  await expect(tick(page, "Buy milk")).toHaveCount(0);

  await keyboard.press("Control+k");
  await keyboard.type("theme dark");
  await keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expectAccessible(page);

  await page.locator("body").press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectAccessible(page);
  await keyboard.press("Escape");
  await keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
});

test("the pages speak German too, and keep to it", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Milch kaufen");
  await page.getByRole("button", { name: "Account of Ada" }).press("Enter");
  await page.getByRole("menuitemradio", { name: "Deutsch" }).press("Enter");
  await expect(page.getByLabel("Neue Aufgabe")).toBeVisible();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.getByLabel("Neue Aufgabe").fill("Brot holen morgen !hoch");
  await page.keyboard.press("Enter");
  const bread = page.getByRole("listitem").filter({ hasText: "Brot holen" });
  await expect(bread).toContainText("Fällig Morgen");
  await expect(bread).toContainText("Hoch");
});

test("320 px are enough for all of it", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ["/sign-in", "/sign-up", "/no-such-page", "/problems"]) {
    await page.goto(path);
    await expectAccessible(page);
  }
  await signUp(page, `Ada ${"Lovelace".repeat(10)}`);
  await addTask(page, "Averyveryverylongword".repeat(9));
  await addTask(page, "اشترِ خبزًا !high #طعام tomorrow", "اشترِ خبزًا");
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Open/ }).click();
  await expect(page.getByRole("dialog", { name: "Lists" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("link", { name: "All", exact: true }).click();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Select", exact: true }).click();
  await page.getByRole("checkbox", { name: /^Select: اش/ }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Clear the selection" }).click();
  await page.getByRole("button", { name: /^Edit: Avery/ }).click();
  await expect(page.getByLabel("Notes")).toBeVisible();
  await expectAccessible(page);
  await expect(row(page, "اشترِ خبزًا")).toBeVisible();
});
