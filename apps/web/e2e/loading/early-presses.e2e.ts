import { expect, type Page, test } from "@playwright/test";
import { addTask, allSent, atWork, password, signUp, inEnglish as t, tick } from "../people.ts";

// What a worker has kept cannot be held back.
test.use({ serviceWorkers: "block" });

/** Holds back every script from here on, until it is told to let them through. */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Somebody new, on a page of theirs whose scripts are still to come. */
async function early(page: Page, path: string) {
  const email = await signUp(page, "Ada");
  await addTask(page, "Milk");
  await allSent(page);
  const release = await holdScripts(page);
  await page.goto(path, { waitUntil: "commit" });
  return { email, release };
}

test("a button that is pressed before any script has come is done once it has", async ({
  page,
}) => {
  const { release } = await early(page, "/account");
  const open = page.getByRole("button", { name: t("account.delete.open"), includeHidden: true });
  await open.click();
  await open.click();
  await expect(open).toHaveAttribute("aria-busy", "true");
  await expect(page.getByRole("status").filter({ hasText: t("loading.page") })).toBeVisible();
  release();
  await expect(page.getByRole("dialog", { name: t("account.delete.title") })).toBeVisible();
  await expect(open).not.toHaveAttribute("aria-busy");
  await expect(page.getByText(t("loading.page"))).toBeHidden();
});

test("a menu is opened by the press that came first, and says that it is loading", async ({
  page,
}) => {
  const { release } = await early(page, "/tasks");
  await page.getByRole("button", { name: t("account.menu", { name: "Ada" }) }).press("Enter");
  release();
  const first = page.getByRole("menuitemradio", { name: t("account.theme.system") });
  await expect(first).toBeFocused();
});

test("a task that is written, and one that is ticked, before any script has come are there once", async ({
  page,
}) => {
  const { release } = await early(page, "/tasks");
  await page.getByLabel(t("quickAdd.label")).fill("Bread");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await tick(page, "Milk").check();
  release();
  await expect(page.getByText(t("tasks.completed", { title: "Milk" }))).toBeVisible();
  await expect(tick(page, "Bread")).toHaveCount(1);
  await expect(page.getByLabel(t("quickAdd.label"))).toHaveValue("");
  await allSent(page);
  await page.unrouteAll();
  await page.reload();
  await expect(tick(page, "Bread")).toHaveCount(1);
  await expect(tick(page, "Milk")).toHaveCount(0);
});

test("a box that is ticked and cleared again before any script has come stays clear", async ({
  page,
}) => {
  const { release } = await early(page, "/tasks");
  await tick(page, "Milk").check();
  await tick(page, "Milk").uncheck();
  release();
  await atWork(page);
  await expect(tick(page, "Milk")).not.toBeChecked();
});

test("keys that are pressed before any script has come are done once it has", async ({ page }) => {
  const { release } = await early(page, "/tasks");
  await tick(page, "Milk").waitFor();
  await page.keyboard.press("n");
  await page.keyboard.type("Butter");
  await expect(page.getByLabel(t("quickAdd.label"))).toHaveValue("Butter");
  await tick(page, "Milk").focus();
  await page.keyboard.press("e");
  release();
  await expect(page.getByRole("textbox", { name: t("field.title") })).toHaveValue("Milk");
  await expect(page.getByLabel(t("quickAdd.label"))).toHaveValue("Butter");
});

test("a key that was pressed early acts on what had the focus then", async ({ page }) => {
  await signUp(page, "Ada");
  for (const title of ["First", "Second"]) await addTask(page, title);
  await allSent(page);
  const release = await holdScripts(page);
  await page.goto("/tasks", { waitUntil: "commit" });
  await tick(page, "First").focus();
  await page.keyboard.press("Delete");
  await tick(page, "Second").focus();
  release();
  await expect(tick(page, "First")).toHaveCount(0);
  await expect(tick(page, "Second")).toBeFocused();

  // The second key is meant for the row that the first one goes to.
  const releaseAgain = await holdScripts(page);
  await page.reload({ waitUntil: "commit" });
  await tick(page, "Second").waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  releaseAgain();
  await expect(page.getByRole("textbox", { name: t("field.title") })).toHaveValue("Second");
});

test("single keys do nothing, early or late, where somebody has switched them off", async ({
  page,
  context,
  baseURL,
}) => {
  const { release } = await early(page, "/tasks");
  await context.addCookies([{ name: "character-keys", value: "off", url: baseURL }]);
  await page.goto("/tasks", { waitUntil: "commit" });
  await tick(page, "Milk").focus();
  await page.keyboard.press("n");
  await expect(tick(page, "Milk")).toBeFocused();
  await page.keyboard.press("e");
  release();
  // It does as it is told where it is at work.
  await page.getByRole("button", { name: t("menu.more") }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("textbox", { name: t("field.title") })).toHaveCount(0);
});

test("a password that is typed and sent before any script has come is changed", async ({
  page,
}) => {
  const { release } = await early(page, "/account");
  await page.getByLabel(t("account.password.current")).fill(password);
  await page.getByLabel(t("account.password.next")).fill("another long passphrase");
  await page.getByRole("button", { name: t("account.password.change") }).click();
  release();
  await expect(page.getByText(t("account.password.changedEverywhere"))).toBeVisible();
});

test("what is pressed while its own script is on its way says so, and opens", async ({ page }) => {
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await signUp(page, "Ada");
  const release = await holdScripts(page);
  await page.keyboard.press("Control+k");
  // Beside it, the same words are said to those who cannot see it.
  const note = page.locator("p[data-takes-keys]").filter({ hasText: t("loading.part") });
  await expect(note).toBeVisible();
  // What is typed meanwhile does nothing to the tasks.
  await page.keyboard.press("Escape");
  await expect(note).toHaveCount(0);

  const menu = page.getByRole("button", { name: t("account.menu", { name: "Ada" }) });
  await menu.click();
  await expect(menu).toHaveAttribute("aria-disabled", "true");
  await expect(menu).toBeFocused();
  release();
  await expect(page.getByRole("menuitem", { name: t("account.signOut") })).toBeVisible();
  await expect(page.getByPlaceholder(t("palette.placeholder"))).toHaveCount(0);
});
