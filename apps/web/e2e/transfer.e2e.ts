import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { addTask, allSent, chooseFile, confirmImport, signUp, tick } from "./people.ts";

async function choose(page: Page, command: string) {
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: command, exact: true }).click();
}

async function exported(page: Page, as: "JSON" | "CSV"): Promise<Buffer> {
  await choose(page, "Export");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: `Export as ${as}` }).click();
  const file = await (await downloading).path();
  await expect(page.getByRole("dialog", { name: "Export" })).toHaveCount(0);
  return readFile(file);
}

test("what is exported can be imported, and again is known to be here", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Carry me #home", "Carry me");
  await addTask(page, "=1+1;=2+2", "=1+1;=2+2");
  await allSent(page);
  for (const [format, name] of [
    ["JSON", "tasks.json"],
    ["CSV", "tasks.csv"],
  ] as const) {
    const file = await exported(page, format);
    if (format === "CSV") expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    await choose(page, "Import");
    await chooseFile(page, name, file);
    await expect(page.getByText("2 of them are here already.")).toBeVisible();
    await expect(page.getByText("All of them are here already.")).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");

    await tick(page, "Carry me").focus();
    await page.keyboard.press("Delete");
    await allSent(page);
    await choose(page, "Import");
    await chooseFile(page, name, file);
    await expect(page.getByText("1 of them is here already.")).toBeVisible();
    await confirmImport(page, 1);
    await expect(
      page.getByRole("dialog", { name: "Import tasks" }).getByText("1 task was added."),
    ).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(tick(page, "Carry me")).toBeVisible();
    await expect(tick(page, "=1+1;=2+2")).toBeVisible();
  }
});

test("an import is undone in one step, and nothing else with it", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Milk", "Milk");
  await allSent(page);
  await choose(page, "Import");
  const lines = Array.from({ length: 250 }, (_, at) => `Imported ${at}`);
  await chooseFile(page, "tasks.csv", ["Title", "Milk", ...lines].join("\n"));
  await expect(page.getByText("1 of them is here already.")).toBeVisible();
  await page.getByRole("checkbox", { name: "Leave out what is here already" }).uncheck();
  await confirmImport(page, 251);
  await expect(page.getByText("251 tasks were added.")).toBeVisible();
  await page.getByRole("button", { name: "Undo the import" }).click();
  await expect(page.getByText("Undone: 251 tasks were removed again.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "Open 1", exact: true })).toBeVisible();
  await expect(tick(page, "Milk")).toHaveCount(1);

  // The same once the dialog is closed.
  await choose(page, "Import");
  await chooseFile(page, "tasks.csv", "Title\nImported\n");
  await confirmImport(page, 1);
  await expect(page.getByText("1 task was added.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tick(page, "Imported")).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(tick(page, "Imported")).toHaveCount(0);
  await expect(tick(page, "Milk")).toBeVisible();
});

test("an import that is being sent stays in sight and holds the page; what fails can be undone later", async ({
  page,
}) => {
  await signUp(page, "Ada");
  await choose(page, "Import");
  await chooseFile(page, "tasks.csv", "Title\nOne\nTwo\nThree\nFour\n");
  let calls = 0;
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/trpc/task.import*", async (route) => {
    calls += 1;
    // A proxy that takes half of it.
    if (calls === 1) return route.fulfill({ status: 413, body: "" });
    if (calls === 2) return route.continue();
    await answered;
    return route.fulfill({ status: 500, body: "" });
  });
  await confirmImport(page, 4);
  await expect.poll(() => calls).toBe(3);
  await page.keyboard.press("Escape");
  const dialog = page.getByRole("dialog", { name: "Import tasks" });
  await expect(dialog.getByRole("progressbar")).toBeVisible();
  const asked = page.waitForEvent("dialog");
  const leaving = page.close({ runBeforeUnload: true });
  await (await asked).dismiss();
  await leaving;
  answer();
  await expect(dialog.getByText(/1 of 2 parts/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText("Nothing to do. Add a task above.")).toBeVisible();
});

test("nothing of a file is sent before the preview is agreed to", async ({ page }) => {
  await signUp(page, "Ada");
  const bodies: string[] = [];
  page.on("request", (request) => bodies.push(request.url() + (request.postData() ?? "")));
  await choose(page, "Import");
  await chooseFile(page, "todo.txt", "(A) A secret of mine +House due:2026-12-05\n");
  await expect(page.getByText("1 task can be imported.")).toBeVisible();
  await expect(page.getByText("A secret of mine")).toBeVisible();
  await expect(page.getByText("1 project or list becomes a tag: #House")).toBeVisible();
  await expect(page.getByRole("button", { name: "Import 1 task" })).not.toHaveAttribute(
    "aria-disabled",
  );
  expect(bodies.filter((body) => body.includes("secret"))).toEqual([]);
  await confirmImport(page, 1);
  await expect(page.getByText("1 task was added.")).toBeVisible();
  expect(bodies.filter((body) => body.includes("secret"))).toHaveLength(1);
});

test("a file in Windows-1252 has its letters; what cannot be read is told by line and column", async ({
  page,
}) => {
  await signUp(page, "Ada");
  await choose(page, "Import");
  const text = "Titel;F\xe4llig\nM\xfcll;24.12.2026\nSp\xe4t;morgen\n;;;\n";
  await chooseFile(page, "liste.csv", Buffer.from(text, "latin1"));
  await expect(page.getByText(/read as Windows-1252/)).toBeVisible();
  await expect(page.getByText("Line 3, “Spät”: Fällig “morgen”:")).toBeVisible();
  await expectAccessible(page);
  await confirmImport(page, 1);
  await expect(page.getByText("1 task was added.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tick(page, "Müll")).toBeVisible();
  await expect(tick(page, "Spät")).toHaveCount(0);
});

test("a file that is none is told so, and the next one can be chosen", async ({ page }) => {
  await signUp(page, "Ada");
  await choose(page, "Import");
  await chooseFile(page, "tasks.xlsx", "PK\u0003\u0004");
  await expect(page.getByRole("alert")).toContainText("save the table as CSV");
  await chooseFile(page, "tasks.csv", "Colour;Shape\nred;round\n");
  await expect(page.getByRole("alert")).toContainText("“Colour”, “Shape”");
  await chooseFile(page, "tasks.csv", "Title\nFine\n");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await confirmImport(page, 1);
  await expect(page.getByText("1 task was added.")).toBeVisible();
});

test("ten thousand tasks scroll, page by page, and few of them are drawn", async ({ page }) => {
  await signUp(page, "Ada");
  const tasks = Array.from({ length: 10_000 }, (_, at) => ({ title: `Task number ${at + 1}.` }));
  await choose(page, "Import");
  await chooseFile(page, "many.json", JSON.stringify(tasks));
  await confirmImport(page, 10_000);
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
