import { expect, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { addTask, allSent, row, signUp, signUpByForm, tick } from "./people.ts";

const emptyList = "Nothing to do. Add a task above.";

test("from sign-up to a ticked task, which stays", async ({ page }) => {
  await signUpByForm(page, "Ada");
  await expectAccessible(page);
  await addTask(page, "Buy milk");
  await tick(page, "Buy milk").click();
  const messages = page.getByRole("region", { name: "Messages" });
  await expect(messages.getByText("Completed: Buy milk")).toBeVisible();
  await expect(page.getByText(emptyList)).toBeVisible();
  await allSent(page);

  await page.reload();
  await page.getByRole("link", { name: /^Completed/ }).click();
  await expect(page).toHaveURL(/view=completed/);
  await expect(page).toHaveTitle("Completed · Taskbridge");
  await expect(tick(page, "Buy milk")).toBeChecked();
  await expectAccessible(page);
});

test("a line says it all, and a press takes it at its word", async ({ page }) => {
  await signUp(page, "Ada");
  const line = page.getByLabel("New task");
  await line.fill("Call Grace !high #home tomorrow");
  const parts = page.getByRole("list", { name: "Understood" });
  await expect(parts.getByRole("listitem")).toHaveText(["High", "#home", "Tomorrow"]);
  await expectAccessible(page);
  await line.press("Enter");
  await expect(row(page, "Call Grace")).toContainText("#home");
  await expect(row(page, "Call Grace")).toContainText("Due Tomorrow");
  await expect(row(page, "Call Grace")).toContainText("High priority");

  await line.fill("Watch Friday");
  await parts.getByRole("button", { name: "Take “Friday” as words" }).click();
  await expect(line).toBeFocused();
  await line.press("Enter");
  await expect(tick(page, "Watch Friday")).toBeVisible();
  await expect(row(page, "Watch Friday")).not.toContainText("Due");
});

test("a line without a title, or with too long a one, says so and stays", async ({ page }) => {
  await signUp(page, "Ada");
  const line = page.getByLabel("New task");
  await line.fill("  #tag ");
  await line.press("Enter");
  await expect(line).toHaveAccessibleDescription(/needs a title/);
  await line.fill("x".repeat(201));
  await line.press("Enter");
  await expect(line).toHaveAccessibleDescription(/at most 200/);
  await expect(line).toHaveValue("x".repeat(201));
  await expect(line).toBeFocused();
});

test("a task is edited where it stands", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Draft");
  await page.getByRole("button", { name: "Edit: Draft" }).click();
  const form = page.getByRole("form", { name: "Edit: Draft" });
  await expect(form.getByLabel("Title")).toBeFocused();
  await expectAccessible(page);
  await form.getByLabel("Title").fill("   ");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByLabel("Title")).toHaveAccessibleDescription(/1 to 200 characters/);

  await form.getByLabel("Title").fill("Final");
  await form.getByLabel("Notes").fill("Two\nlines");
  await form.getByLabel("Due").fill("2027-01-31");
  await form.getByLabel("Priority").selectOption("High");
  await form.getByLabel("Tags").fill("work, #home, work");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(row(page, "Final")).toContainText("31 Jan 2027");
  await expect(row(page, "Final")).toContainText("#work");
  await expect(tick(page, "Final")).toBeFocused();
  await allSent(page);
  await page.reload();
  await expect(row(page, "Final")).toContainText("Two");
});

test("what is deleted comes back by undo, and later from the deleted ones", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Precious");
  await row(page, "Precious").hover();
  await page.getByRole("button", { name: "Delete: Precious" }).click();
  await expect(page.getByText(emptyList)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tick(page, "Precious")).toBeVisible();

  await row(page, "Precious").hover();
  await page.getByRole("button", { name: "Delete: Precious" }).click();
  await allSent(page);
  await page.getByRole("link", { name: "Recently deleted" }).click();
  await expectAccessible(page);
  const messages = page.getByRole("region", { name: "Messages" });
  await expect(messages.getByText("Deleted: Precious")).toBeVisible();
  await page.getByRole("button", { name: "Restore: Precious" }).click();
  await expect(page.getByText("Nothing was deleted")).toBeVisible();
  // What it offers to undo is undone.
  await expect(messages.getByText("Deleted: Precious")).toHaveCount(0);
  await page.getByRole("link", { name: /^Open/ }).click();
  await expect(tick(page, "Precious")).toBeVisible();
});

test("many are chosen with keys held, and changed at once", async ({ page }) => {
  await signUp(page, "Ada");
  for (const title of ["Fourth", "Third", "Second", "First"]) await addTask(page, title);
  await page.getByRole("button", { name: "Edit: First" }).click({ modifiers: ["ControlOrMeta"] });
  await page.getByRole("button", { name: "Edit: Third" }).click({ modifiers: ["Shift"] });
  const bar = page.getByRole("region", { name: "What to do with the selected tasks" });
  await expect(bar).toContainText("3 selected");
  await expectAccessible(page);

  await bar.getByRole("button", { name: "Tag" }).click();
  await page.getByRole("dialog").getByLabel("Tag").fill("chosen");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(row(page, "Second")).toContainText("#chosen");
  await expect(row(page, "Fourth")).not.toContainText("#chosen");
  await expect(bar).toHaveCount(0);

  await page.getByRole("button", { name: "Edit: Fourth" }).click({ modifiers: ["ControlOrMeta"] });
  await bar.getByRole("button", { name: "Select all" }).click();
  await bar.getByRole("button", { name: "Date" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Tomorrow" }).click();
  await expect(row(page, "Fourth")).toContainText("Due Tomorrow");

  await page.getByRole("button", { name: "Edit: First" }).click({ modifiers: ["ControlOrMeta"] });
  await page.getByRole("button", { name: "Edit: Second" }).click({ modifiers: ["ControlOrMeta"] });
  await bar.getByRole("button", { name: "Delete" }).click();
  await expect(tick(page, "First")).toHaveCount(0);
  await allSent(page);
  await page.reload();
  await expect(tick(page, "Third")).toBeVisible();
  await expect(tick(page, "Second")).toHaveCount(0);
});

test("a view is in its address: filters, order and search", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Apples #food !high today", "Apples");
  await addTask(page, "Bread #food tomorrow", "Bread");
  await addTask(page, "Cinema #fun", "Cinema");
  await allSent(page);

  await page.getByRole("link", { name: /^Today/ }).click();
  await expect(tick(page, "Apples")).toBeVisible();
  await expect(tick(page, "Bread")).toHaveCount(0);
  await page.getByRole("link", { name: "Upcoming" }).click();
  await expect(tick(page, "Bread")).toBeVisible();
  await expect(tick(page, "Apples")).toHaveCount(0);
  await page.getByRole("link", { name: /^food/ }).click();
  await expect(page.getByRole("heading", { name: "Tasks tagged #food" })).toBeVisible();
  await page.getByRole("button", { name: "Filter and sort" }).click();
  await page.getByLabel("Sort by").selectOption("Title");
  await page.getByRole("button", { name: "Turn the order round" }).click();
  await expect(page.getByRole("checkbox", { name: /^Completed/ }).first()).toHaveAccessibleName(
    "Completed: Bread",
  );
  await page.getByRole("searchbox").fill("appl");
  await expect(page).toHaveURL(/q=appl/);
  await expect(tick(page, "Bread")).toHaveCount(0);
  await expectAccessible(page);

  const address = page.url();
  expect(address).toMatch(/tag=food/);
  await page.goto("/tasks");
  await page.goto(address);
  await expect(tick(page, "Apples")).toBeVisible();
  await expect(tick(page, "Bread")).toHaveCount(0);
  await expect(page.getByRole("searchbox")).toHaveValue("appl");
});

test("the counts are right at once, and stay right", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "One #home", "One");
  await addTask(page, "Two #home", "Two");
  await expect(page.getByRole("link", { name: "Open 2" })).toBeVisible();
  await expect(page.getByRole("link", { name: "home 2" })).toBeVisible();
  await tick(page, "Two").click();
  await expect(page.getByRole("link", { name: "Open 1" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Completed 1" })).toBeVisible();
  await allSent(page);
  await page.reload();
  await expect(page.getByRole("link", { name: "Open 1" })).toBeVisible();
});

test("what is due is counted by the day that it is, and follows each change", async ({ page }) => {
  await signUp(page, "Ada");
  const count = (name: string) => page.getByRole("link", { name, exact: true });
  await addTask(page, "Rent today", "Rent");
  await addTask(page, "Party tomorrow", "Party");
  await addTask(page, "Trip in 3 weeks", "Trip");
  await expect(count("Today 1")).toBeVisible();
  await expect(count("Upcoming 2")).toBeVisible();
  await page.getByRole("button", { name: "Edit: Party" }).click();
  await page.getByRole("button", { name: "Today", exact: true }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(count("Today 2")).toBeVisible();
  await expect(count("Upcoming 1")).toBeVisible();
  await tick(page, "Rent").click();
  await expect(count("Today 1")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(count("Today 2")).toBeVisible();
  await allSent(page);
  await page.reload();
  await expect(count("Today 2")).toBeVisible();
  await expect(count("Upcoming 1")).toBeVisible();
});
