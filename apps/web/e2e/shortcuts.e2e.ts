import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { addTask, atWork, press, signUp, tick } from "./people.ts";

const setting = (page: Page) =>
  page.getByRole("checkbox", { name: "Use single letters and signs as shortcuts" });
const newTask = (page: Page) => page.getByLabel("New task");

interface Pressed {
  key?: string;
  code?: string;
  keyCode?: number;
  isComposing?: boolean;
  ctrlKey?: boolean;
}

/** A press as a keyboard of another layout makes it, or an input method passes it on. */
const pressed = (page: Page, init: Pressed) =>
  page.evaluate((init) => {
    const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init });
    (document.activeElement ?? document.body).dispatchEvent(event);
  }, init);

test("shortcuts of single keys can be switched off, and stay so", async ({ page, context }) => {
  const { keyboard } = page;
  await signUp(page, "Ada");
  await addTask(page, "Buy milk");
  await keyboard.press("Escape");
  const other = await context.newPage();
  await other.goto("/tasks");
  await atWork(other);
  await keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog.getByText("New task")).toBeVisible();
  await setting(page).press("Space");
  await expect(setting(page)).not.toBeChecked();
  await expect(dialog.getByText("New task")).toHaveCount(0);
  await expect(dialog.getByText("↓")).toBeVisible();
  await expectAccessible(page);
  await keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  // In no tab any more.
  for (const tab of [page, other]) {
    await tab.locator("body").press("n");
    await tab.locator("body").press("?");
    await tab.locator("body").press("ArrowDown");
    await expect(tick(tab, "Buy milk")).toBeFocused();
    await expect(tab.getByRole("dialog")).toHaveCount(0);
  }
  await keyboard.press("e");
  await expect(tick(page, "Buy milk")).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Title" })).toBeFocused();
  await keyboard.press("Escape");
  await keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Every action" })).toBeVisible();
  await keyboard.press("Escape");

  await page.goto("/account");
  await expect(setting(page)).not.toBeChecked();
  await expectAccessible(page);
  await press(setting(page));
  await expect(setting(page)).toBeChecked();
  await page.goto("/tasks");
  await atWork(page);
  await keyboard.press("n");
  await expect(newTask(page)).toBeFocused();
});

test("shortcuts work where a key types no Latin letter, and go by the letter where it does", async ({
  page,
}) => {
  await signUp(page, "Ada");
  await pressed(page, { key: "т", code: "KeyN" });
  await expect(newTask(page)).toBeFocused();
  await page.keyboard.press("Escape");
  // On a Dvorak keyboard that is b.
  await pressed(page, { key: "b", code: "KeyN" });
  await expect(newTask(page)).not.toBeFocused();
  await pressed(page, { key: "л", code: "KeyK", ctrlKey: true });
  await expect(page.getByRole("dialog", { name: "Every action" })).toBeVisible();
});

test("Escape that is an input method's closes and clears nothing", async ({ page }) => {
  const { keyboard } = page;
  await signUp(page, "Ada");
  await addTask(page, "Buy milk");
  const composing = [
    { key: "Escape", code: "Escape", isComposing: true },
    // Safari ends the composition first.
    { key: "Escape", code: "Escape", keyCode: 229 },
  ];
  const ofInputMethod = async () => {
    for (const init of composing) await pressed(page, init);
  };

  await newTask(page).fill("にほん");
  await ofInputMethod();
  await expect(newTask(page)).toBeFocused();
  await newTask(page).fill("");
  await page.getByRole("searchbox").fill("mil");
  await ofInputMethod();
  await expect(page.getByRole("searchbox")).toHaveValue("mil");
  await keyboard.press("Escape");
  await expect(page.getByRole("searchbox")).toHaveValue("");

  await page.getByRole("button", { name: "Edit: Buy milk" }).click();
  const title = page.getByRole("textbox", { name: "Title" });
  await title.fill("Buy 牛乳");
  await ofInputMethod();
  await expect(title).toHaveValue("Buy 牛乳");
  await title.press("Enter");
  await expect(tick(page, "Buy 牛乳")).toBeFocused();

  await keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Every action" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await keyboard.type("upc");
  await ofInputMethod();
  await expect(palette.getByRole("combobox")).toHaveValue("upc");
  await keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
});
