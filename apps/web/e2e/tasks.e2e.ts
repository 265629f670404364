import { expect, test } from "@playwright/test";
import { addTask, signUp } from "./people.ts";

test("from sign-up to a ticked task, which stays", async ({ page }) => {
  await signUp(page, "Ada");
  await expect(page.getByText("Nothing to do. Add a task above.")).toBeVisible();
  await addTask(page, "Buy milk");
  await page.getByRole("checkbox", { name: "Completed: Buy milk" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Completed: Buy milk" })).toBeAttached();
  await expect(page.getByText("Nothing to do. Add a task above.")).toBeVisible();

  await page.reload();
  await page.getByText("Completed", { exact: true }).click();
  await expect(page.getByRole("checkbox", { name: "Completed: Buy milk" })).toBeChecked();
});

test("a task is edited and deleted", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Draft");
  await page.getByRole("button", { name: "Edit: Draft" }).click();
  await page.getByLabel("Title").fill("Final");
  await page.getByLabel("Notes").fill("Two\nlines");
  await page.getByLabel("Due").last().fill("2027-01-31");
  await page.getByLabel("Priority").last().selectOption("High");
  await page.getByLabel("Tags").fill("work, home, work");
  await page.getByRole("button", { name: "Save" }).click();
  const item = page.getByRole("listitem").filter({ hasText: "Final" });
  await expect(item).toContainText("31 Jan 2027");
  await expect(item).toContainText("High priority");
  await expect(item).toContainText("#work");
  await expect(page.getByRole("button", { name: "Edit: Final" })).toBeFocused();

  await page.getByRole("button", { name: "Delete: Final" }).click();
  await page.getByRole("button", { name: "Really delete" }).click();
  await expect(page.getByText("Nothing to do. Add a task above.")).toBeVisible();
});

test("a task changed elsewhere keeps what was typed here", async ({ page, context }) => {
  await signUp(page, "Ada");
  await addTask(page, "Shared");
  const other = await context.newPage();
  await other.goto("/tasks");

  await page.getByRole("button", { name: "Edit: Shared" }).click();
  await page.getByLabel("Title").fill("Mine");
  await other.getByRole("button", { name: "Edit: Shared" }).click();
  await other.getByLabel("Title").fill("Theirs");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText("Theirs", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "changed elsewhere" })).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("Mine");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Edit: Mine" })).toBeVisible();
});

test("the keyboard alone adds and ticks", async ({ page }) => {
  await signUp(page, "Ada");
  await page.getByLabel("New task").focus();
  await page.keyboard.type("By keys");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox", { name: "Completed: By keys" })).toBeVisible();
  await expect(page.getByLabel("New task")).toBeFocused();
  const checkbox = page.getByRole("checkbox", { name: "Completed: By keys" });
  for (let step = 0; step < 20; step += 1) {
    if (await checkbox.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(checkbox).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.getByText("Nothing to do. Add a task above.")).toBeVisible();
});

test("more than a page loads on request", async ({ page }) => {
  await signUp(page, "Ada");
  for (let at = 1; at <= 21; at += 1) await addTask(page, `Task number ${at}.`);
  await page.reload();
  await expect(page.getByRole("list", { name: "Tasks" }).getByRole("checkbox")).toHaveCount(20);
  await page.getByRole("button", { name: "Load more" }).click();
  await expect(page.getByText("Task number 1.")).toBeVisible();
});
