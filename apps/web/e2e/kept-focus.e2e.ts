import { expect, type Page, test } from "@playwright/test";
import { addTask, allSent, atWork, goToCompleted, signUp, tick } from "./people.ts";

const changes = /\/api\/trpc\/task\.(create|update|delete)/;
const list = /\/api\/trpc\/.*task\.list/;
const quickAdd = (page: Page) => page.getByLabel("New task");
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

/** Somebody with tasks, the last one above, and the keys free for the page. */
async function withTasks(page: Page, ...titles: string[]) {
  await signUp(page, "Ada");
  for (const title of titles) await addTask(page, title, title.split(" ")[0]);
  await page.keyboard.press("Escape");
}

test("a menu that keys open has its first item chosen, the first time, too", async ({ page }) => {
  const { keyboard } = page;
  await withTasks(page, "Milk");
  for (const _ of ["loaded now", "loaded before"]) {
    await button(page, "More").press("Enter");
    await expect(page.getByRole("menuitem", { name: "Select" })).toBeFocused();
    await keyboard.press("Escape");
    await expect(button(page, "More")).toBeFocused();
  }
  await button(page, "Account of Ada").press("Space");
  await expect(page.getByRole("menuitemradio", { name: "As the system" })).toBeFocused();
  await keyboard.press("Escape");
  await expect(button(page, "Account of Ada")).toBeFocused();
});

test("what is typed while a task's form is on its way goes nowhere else", async ({ page }) => {
  const { keyboard } = page;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await withTasks(page, "Milk", "Bread");
  await page.route("**/_next/static/chunks/**", async (route) => {
    await held;
    await route.continue();
  });
  await keyboard.press("j");
  await keyboard.press("e");
  await expect(tick(page, "Bread")).toHaveCount(0);
  await keyboard.type("soup");
  await expect(quickAdd(page)).toHaveValue("");
  release();
  const title = page.getByRole("textbox", { name: "Title" });
  await expect(title).toBeFocused();
  await expect(title).toHaveValue("Bread");
});

test("a task that is edited is one of those that j and k come by", async ({ page }) => {
  const { keyboard } = page;
  await withTasks(page, "Third", "Second", "First");
  await keyboard.press("j");
  await keyboard.press("j");
  await keyboard.press("Enter");
  const title = page.getByRole("textbox", { name: "Title" });
  await expect(title).toBeFocused();
  await tick(page, "First").focus();
  await keyboard.press("j");
  await expect(title).toBeFocused();
  await keyboard.press("Escape");
  await expect(tick(page, "Second")).toBeFocused();
});

test("keys are meant for the dialog that has been asked for", async ({ page }) => {
  const { keyboard } = page;
  await withTasks(page, "Milk", "Bread");
  await keyboard.press("j");
  // All in one go, as fast fingers do: none of it may reach the tasks.
  await page.evaluate(() => {
    const press = (key: string, ctrlKey = false) =>
      document.activeElement?.dispatchEvent(
        new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true }),
      );
    press("k", true);
    return new Promise<void>((resolve) =>
      queueMicrotask(() => {
        for (const key of ["a", "x", "Delete", " "]) press(key);
        resolve();
      }),
    );
  });
  await expect(page.getByPlaceholder("What do you want to do?")).toBeFocused();
  await keyboard.press("Escape");
  await expect(tick(page, "Bread")).toBeFocused();
  await expect(tick(page, "Milk")).toBeVisible();
  await expect(page.getByText("selected")).toHaveCount(0);
});

test("the bar for several hands the focus to the tasks, and its dialogs to the bar", async ({
  page,
}) => {
  const { keyboard } = page;
  await withTasks(page, "Second", "First");
  await keyboard.press("j");
  await keyboard.press("x");
  await button(page, "Date").press("Enter");
  await expect(button(page, "Today")).toBeFocused();
  await keyboard.press("Escape");
  await expect(button(page, "Date")).toBeFocused();
  await keyboard.press("Enter");
  await button(page, "Tomorrow").press("Enter");
  await expect(page.getByText("1 task changed")).toBeVisible();
  await expect(tick(page, "First")).toBeFocused();
  await keyboard.press("x");
  await button(page, "Clear the selection").press("Enter");
  await expect(tick(page, "First")).toBeFocused();

  // No task has had the focus.
  await page.reload();
  await atWork(page);
  await button(page, "More").press("Enter");
  await expect(page.getByRole("menuitem", { name: "Select" })).toBeFocused();
  await keyboard.press("Enter");
  await button(page, "Select all").press("Enter");
  await button(page, "Complete").press("Enter");
  await expect(page.getByText("Nothing to do")).toBeVisible();
  await expect(quickAdd(page)).toBeFocused();
});

test("the focus outlives the button that brings back the whole list", async ({ page }) => {
  await withTasks(page, "Milk");
  await page.keyboard.press("/");
  await page.keyboard.type("nothing like that");
  await button(page, "Show all of this list").press("Enter");
  await expect(tick(page, "Milk")).toBeVisible();
  await expect(quickAdd(page)).toBeFocused();
});

test("the focus outlives the buttons that try once more", async ({ page }) => {
  await withTasks(page, "Milk");
  await allSent(page);
  await page.route(changes, (route) => route.abort());
  await tick(page, "Milk").press("Delete");
  await button(page, "Try now").focus();
  await page.unrouteAll();
  await page.keyboard.press("Enter");
  await allSent(page);
  await expect(button(page, "Try now")).toHaveCount(0);
  await expect(quickAdd(page)).toBeFocused();

  await page.route(list, (route) => route.abort());
  await page.goto("/tasks");
  await goToCompleted(page);
  await button(page, "Try again").focus();
  await page.unrouteAll();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nothing is completed yet")).toBeVisible();
  await expect(quickAdd(page)).toBeFocused();
});

test("keys lead through what was deleted, and touch nothing that is not shown", async ({
  page,
}) => {
  const { keyboard } = page;
  await withTasks(page, "Stays", "Third", "Second", "First");
  await keyboard.press("j");
  for (const next of ["Second", "Third", "Stays"]) {
    await keyboard.press("Delete");
    await expect(tick(page, next)).toBeFocused();
  }
  await allSent(page);
  await page.goto("/tasks?view=deleted");
  const restore = (title: string) => button(page, `Restore: ${title}`);
  await expect(async () => {
    await keyboard.press("j");
    await expect(restore("Third")).toBeFocused({ timeout: 100 });
  }).toPass();
  await keyboard.press("j");
  await expect(restore("Second")).toBeFocused();
  await keyboard.press("k");
  await keyboard.press("a");
  await expect(page.getByText("selected")).toHaveCount(0);
  await keyboard.press("Delete");
  await keyboard.press("Enter");
  await expect(restore("Second")).toBeFocused();
  await keyboard.press("Enter");
  await expect(restore("First")).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByText("Nothing was deleted")).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();
  await keyboard.press("n");
  await expect(quickAdd(page)).toBeFocused();
  for (const title of ["First", "Second", "Third", "Stays"]) {
    await expect(tick(page, title)).toBeVisible();
  }
  await page.goto("/tasks?view=deleted");
  await expect(async () => {
    await keyboard.press("/");
    await expect(page.getByRole("searchbox")).toBeFocused({ timeout: 100 });
  }).toPass();
});

test("a task that the shown list does not have is told of, with the way back", async ({ page }) => {
  await withTasks(page, "Milk");
  await page.goto("/tasks?view=completed");
  await atWork(page);
  await quickAdd(page).fill("Elsewhere");
  await quickAdd(page).press("Enter");
  await expect(page.getByRole("dialog").getByText("Added: Elsewhere")).toBeVisible();
  await button(page, "Undo").click();
  await allSent(page);
  await page.goto("/tasks");
  await expect(tick(page, "Milk")).toBeVisible();
  await expect(tick(page, "Elsewhere")).toHaveCount(0);
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, viewport: { width: 320, height: 640 } });

  test("ticking the last task brings up no keyboard", async ({ page }) => {
    await withTasks(page, "Milk");
    await tick(page, "Milk").tap();
    await expect(page.getByText("Nothing to do")).toBeVisible();
    await expect(page.getByRole("main")).toBeFocused();
  });
});
