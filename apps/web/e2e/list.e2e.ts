import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import {
  addTask,
  allSent,
  atWork,
  createAccount,
  importTasks,
  ownAccess,
  removeWorker,
  signUp,
  tick,
} from "./people.ts";

const bar = (page: Page) =>
  page.getByRole("region", { name: "What to do with the selected tasks" });
const messages = (page: Page) => page.getByRole("region", { name: "Messages" });
const count = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
const numbered = (length: number, rest: object = {}) =>
  Array.from({ length }, (_, at) => ({ title: `Task ${at}`, ...rest }));

/** Somebody with tasks that were added elsewhere, on a page that was loaded since. */
async function withMany(page: Page, tasks: object[]) {
  await signUp(page, "Ada");
  await importTasks(page, tasks);
  await page.reload();
  await atWork(page);
}

test("a task that is edited is drawn once, however far one scrolls", async ({ page }) => {
  await withMany(page, numbered(60));
  await page.getByRole("button", { name: "Edit: Task 57" }).click();
  const form = page.getByRole("form", { name: "Edit: Task 57" });
  await form.getByLabel("Notes").fill("Not saved yet");
  for (const top of [400, 1_300, 2_300, 1_300, 0]) {
    await page.evaluate((y) => window.scrollTo(0, y), top);
    // The page may move a little when rows turn out to be higher than was thought.
    await expect
      .poll(() => page.evaluate((y) => Math.abs(window.scrollY - y), top))
      .toBeLessThan(200);
    await expect(page.getByRole("form", { name: /^Edit/ })).toHaveCount(1);
    const keys = await page
      .locator("[data-row]")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-row")));
    expect(new Set(keys).size).toBe(keys.length);
  }
  await expect(form.getByLabel("Notes")).toHaveValue("Not saved yet");
});

test("keys and the bar are about the same tasks: all that are chosen", async ({ page }) => {
  await signUp(page, "Ada");
  for (const title of ["Fourth", "Third", "Second", "First"]) await addTask(page, title);
  const choose = async (...titles: string[]) => {
    for (const title of titles)
      await page
        .getByRole("button", { name: `Edit: ${title}` })
        .click({ modifiers: ["ControlOrMeta"] });
  };
  await choose("First", "Second", "Third");
  await tick(page, "First").focus();
  await page.keyboard.press("e");
  await expect(page.getByText("Only one task can be edited at a time.")).toBeAttached();
  await expect(page.getByRole("form", { name: /^Edit/ })).toHaveCount(0);
  await page.keyboard.press("Space");
  await expect(messages(page).getByText("3 tasks completed")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: /^Completed/ })).toHaveCount(1);
  await page.keyboard.press("u");
  await expect(page.getByRole("checkbox", { name: /^Completed/ })).toHaveCount(4);

  // The focus is elsewhere than what is chosen.
  await choose("Third");
  await tick(page, "First").focus();
  await page.keyboard.press("e");
  await expect(page.getByRole("form", { name: "Edit: Third" })).toBeVisible();
  await page.keyboard.press("Escape");
  await tick(page, "First").focus();
  await page.keyboard.press("Delete");
  await expect(tick(page, "Third")).toHaveCount(0);
  await expect(tick(page, "First")).toBeVisible();

  // Without anything chosen, it is the one with the focus, once, however long the key is held.
  await tick(page, "First").focus();
  await page.keyboard.down("Space");
  await page.keyboard.down("Space");
  await page.keyboard.up("Space");
  await expect(tick(page, "First")).toHaveCount(0);
  await expect(messages(page).getByText("Completed: First")).toBeVisible();
});

test("a message goes when what it offers is done, and what was done is said", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Milk");
  await addTask(page, "Bread");
  await tick(page, "Milk").focus();
  await page.keyboard.press("Delete");
  await expect(messages(page).getByText("Deleted: Milk")).toBeVisible();
  await page.keyboard.press("u");
  await expect(tick(page, "Milk")).toBeVisible();
  await expect(messages(page).getByText("Deleted: Milk")).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "Restored: Milk" })).toBeAttached();

  await page.getByRole("link", { name: /^All/ }).click();
  await tick(page, "Bread").click();
  await expect(messages(page).getByText("Completed: Bread")).toBeVisible();
  await tick(page, "Bread").focus();
  await page.keyboard.press("Delete");
  await expect(messages(page).getByText("Deleted: Bread")).toBeVisible();
  // It offered to open a task that is gone.
  await expect(messages(page).getByText("Completed: Bread")).toHaveCount(0);
});

const long = 1_150;
const allChosen = (page: Page) =>
  expect(bar(page)).toContainText("All 1,150 selected", { timeout: 60_000 });

test("all of a long list is chosen, and changed", async ({ page }) => {
  test.setTimeout(180_000);
  await withMany(page, numbered(long));
  await page.keyboard.press("a");
  await allChosen(page);
  await expectAccessible(page);
  // One of them is left out, and taken again.
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(bar(page)).toContainText("1,149 selected");
  await page.keyboard.press("x");
  await bar(page).getByRole("button", { name: "Priority" }).click();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "High" }).click();
  await expect(messages(page).getByText("1,150 tasks changed")).toBeVisible({ timeout: 60_000 });
  const last = page.getByRole("listitem").filter({ hasText: /^Task 1149/ });
  await expect(last).toContainText("High");
  await page.reload();
  await expect(last).toContainText("High");
});

test("all of a long list is deleted, and brought back", async ({ page }) => {
  test.setTimeout(180_000);
  await withMany(page, numbered(long));
  await page.keyboard.press("a");
  await allChosen(page);
  await page.keyboard.press("Delete");
  await expect(messages(page).getByText("1,150 tasks deleted")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Nothing to do. Add a task above.")).toBeVisible();
  await messages(page).getByRole("button", { name: "Undo" }).click();
  await expect(count(page, "Open 1,150")).toBeVisible({ timeout: 60_000 });
  await expect(tick(page, "Task 1149")).toBeVisible();
  await page.reload();
  await expect(count(page, "Open 1,150")).toBeVisible();
});

test("where the rest of a list cannot be read, that is said, and can be tried again", async ({
  page,
}) => {
  await withMany(page, numbered(150));
  await removeWorker(page);
  await page.route("**/api/trpc/task.list*", (route) => route.abort());
  await page.keyboard.press("a");
  await expect(bar(page)).toContainText("The others could not be loaded.", { timeout: 20_000 });
  await page.unroute("**/api/trpc/task.list*");
  await bar(page).getByRole("button", { name: "Select all" }).click();
  await expect(bar(page)).toContainText("All 150 selected");
});

test("all that is completed is deleted at once, and comes back", async ({ page }) => {
  const completed = { completed: true };
  await withMany(page, [...numbered(120, completed), { title: "Open one" }]);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete all completed tasks" }).click();
  await expect(messages(page).getByText("120 tasks deleted")).toBeVisible();
  await expect(tick(page, "Open one")).toBeVisible();
  await expect(count(page, "Completed 120")).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(count(page, "Completed 120")).toBeVisible();
});

test("a list that is on its way shows no other list's tasks, and none in another order", async ({
  page,
}) => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await withMany(page, [
    { title: "Soon", dueDate: day(2) },
    { title: "Later", dueDate: day(9) },
    { title: "Whenever" },
    { title: "Done", completed: true },
  ]);
  await removeWorker(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/trpc/**task.list**", async (route) => {
    await held;
    await route.continue();
  });
  const ticks = page.getByRole("main").getByRole("checkbox", { name: /^Completed/ });
  const names = (...titles: string[]) => titles.map((title) => `Completed: ${title}`);
  const shown = () =>
    ticks.evaluateAll((all) => all.map((input) => input.getAttribute("aria-label")));
  await expect.poll(shown).toEqual(names("Whenever", "Later", "Soon"));
  await page.getByRole("link", { name: /^Upcoming/ }).click();
  await expect(page.getByRole("heading", { name: "Upcoming", level: 1 })).toBeVisible();
  expect(await shown()).toEqual(names("Soon", "Later"));
  await page.getByRole("link", { name: /^Completed/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "Loading your tasks" })).toBeAttached();
  expect(await shown()).toEqual([]);
  release();
  await expect.poll(shown).toEqual(names("Done"));
});

test("where a count tells of a task that the list has not got, the list is read again", async ({
  page,
}) => {
  await signUp(page, "Ada");
  await addTask(page, "Here");
  await allSent(page);
  const { headers, tasks } = await ownAccess(page);
  await page.request.post(tasks, { headers, data: { title: "From elsewhere" } });
  // Whatever is done here has the counts read anew.
  await addTask(page, "Here too");
  await expect(count(page, "Open 3")).toBeVisible();
  await expect(tick(page, "From elsewhere")).toBeVisible();
});

test("what would be refused again is not offered to be tried again", async ({ page }) => {
  await createAccount(page, "Ada");
  await page.goto(`/tasks?tag=${"x".repeat(60)}`);
  await expect(page.getByText("Something in it cannot be accepted.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Show all of this list" }).click();
  await expect(page.getByText("Nothing to do. Add a task above.")).toBeVisible();
});
