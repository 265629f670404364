import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { addTask, allSent, signUp, tick } from "./people.ts";

async function choose(page: Page, command: string) {
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: command, exact: true }).click();
}

test("what is exported can be imported", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Carry me #home", "Carry me");
  await allSent(page);
  await choose(page, "Export");
  await expectAccessible(page);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export as CSV" }).click();
  const file = await (await downloading).path();
  expect(await readFile(file, "utf8")).toContain("Carry me");
  await expect(page.getByRole("dialog", { name: "Export" })).toHaveCount(0);

  await tick(page, "Carry me").focus();
  await page.keyboard.press("Delete");
  await allSent(page);
  await choose(page, "Import");
  await page
    .getByLabel("Choose a file")
    .first()
    .setInputFiles({ name: "tasks.csv", mimeType: "text/csv", buffer: await readFile(file) });
  await expect(page.getByText("1 task was added.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tick(page, "Carry me")).toBeVisible();
});

test("a file that cannot be taken is told line by line", async ({ page }) => {
  await signUp(page, "Ada");
  await choose(page, "Import");
  const input = page.locator("input[type=file]");
  const buffer = Buffer.from("title,dueDate\nFine,\nLate,tomorrow\n,2027-01-31\n");
  await input.setInputFiles({ name: "bad.csv", mimeType: "text/csv", buffer });
  await expect(page.getByText("Line 3:")).toBeVisible();
  await expect(page.getByText("Line 4:")).toBeVisible();
  await expectAccessible(page);
  await input.setInputFiles({ name: "tasks.txt", mimeType: "text/plain", buffer });
  await expect(page.getByText(/neither a .json nor a .csv/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Nothing to do. Add a task above.")).toBeVisible();
});

test("ten thousand tasks scroll, page by page, and few of them are drawn", async ({ page }) => {
  await signUp(page, "Ada");
  const tasks = Array.from({ length: 10_000 }, (_, at) => ({ title: `Task number ${at + 1}.` }));
  await choose(page, "Import");
  await page.locator("input[type=file]").setInputFiles({
    name: "many.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(tasks)),
  });
  await expect(page.getByText("10,000 tasks were added.")).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press("Escape");
  const rows = page.getByRole("checkbox", { name: /^Completed/ });
  await expect(rows.first()).toBeVisible();
  for (let at = 0; at < 10; at += 1) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.mouse.wheel(0, 6_000);
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollHeight))
      .toBeGreaterThanOrEqual(height);
  }
  expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(10_000);
  await expect.poll(() => rows.count()).toBeLessThan(60);
});

test("the print view has all of the list", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "On paper !high", "On paper");
  await allSent(page);
  await page.goto("/tasks/print?view=open");
  await expect(page.getByText("On paper")).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByText("On paper")).toBeVisible();

  // Where the browser's own way is taken, on a sheet that lies: the lists at the side leave no gap.
  await page.setViewportSize({ width: 1045, height: 718 });
  await page.goto("/tasks");
  await expect(page.getByRole("navigation", { name: "Lists" })).toBeHidden();
  const box = await page.getByRole("main").boundingBox();
  expect(box?.width).toBeGreaterThan(900);
});
