import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { addTask, allSent, removeWorker, row, signUp, tick } from "./people.ts";

const quickAdd = (page: Page) => page.getByLabel("New task");
const understood = (page: Page) => page.getByRole("list", { name: "Understood" });
const script = "**/_next/static/**/*.js";

/** Pastes as people do: the browser itself brings what is in the clipboard. */
async function paste(page: Page, text: string) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await quickAdd(page).focus();
  await page.keyboard.press("Control+V");
}

test("what was understood can be taken back after adding", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Watch Friday #tv !high", "Watch");
  await expect(row(page, "Watch")).toContainText("#tv");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keep as typed" }).click();
  await expect(tick(page, "Watch Friday #tv !high")).toBeVisible();
  await expect(row(page, "Watch Friday #tv !high")).not.toContainText("Due");
  await expect(quickAdd(page)).toBeFocused();
  await expect(page.getByRole("button", { name: "Keep as typed" })).toBeHidden();
  await allSent(page);
  await page.reload();
  await expect(tick(page, "Watch Friday #tv !high")).toBeVisible();
  await expect(row(page, "Watch Friday #tv !high")).not.toContainText("High");

  // Also once the server has given the task its id.
  await addTask(page, "Call tomorrow", "Call");
  await allSent(page);
  await page.getByRole("button", { name: "Keep as typed" }).click();
  await expect(tick(page, "Call tomorrow")).toBeVisible();
  await expect(tick(page, "Call")).toBeHidden();
});

test("Enter twice adds once, before the days' script has come and after", async ({ page }) => {
  await signUp(page, "Ada");
  await quickAdd(page).fill("Pay tomorrow");
  await quickAdd(page).press("Enter");
  await quickAdd(page).press("Enter");
  await expect(tick(page, "Pay")).toHaveCount(1);
  await expect(page.getByText("A task needs a title")).toBeHidden();
  await allSent(page);
  await removeWorker(page);

  let letDaysIn = () => {};
  const wanted = new Promise<void>((resolve) => {
    letDaysIn = resolve;
  });
  let held = 0;
  await page.route(script, async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes("fortnight")) {
      held++;
      await wanted;
    }
    await route.fulfill({ response });
  });
  await page.reload();
  await quickAdd(page).fill("Call tomorrow");
  await expect.poll(() => held).toBe(1);
  await quickAdd(page).press("Enter");
  await quickAdd(page).press("Enter");
  await page.keyboard.type("Then this");
  await expect(tick(page, "Call tomorrow")).toHaveCount(1);
  letDaysIn();
  await expect(row(page, "Call")).toContainText("Due Tomorrow");
  await expect(tick(page, "Call")).toHaveCount(1);
  await expect(quickAdd(page)).toHaveValue("Then this");
  await quickAdd(page).press("Enter");
  await expect(tick(page, "Then this")).toHaveCount(1);
});

test("a days' script that failed is fetched again", async ({ page }) => {
  await signUp(page, "Ada");
  await removeWorker(page);
  let failing = true;
  let failed = 0;
  await page.route(script, async (route) => {
    const response = await route.fetch();
    if (failing && (await response.text()).includes("fortnight")) {
      failed++;
      await route.abort();
    } else await route.fulfill({ response });
  });
  await page.reload();
  await quickAdd(page).focus();
  // The loader of scripts tries twice by itself.
  await expect.poll(() => failed).toBeGreaterThan(1);
  await addTask(page, "Call tomorrow #home", "Call tomorrow");
  failing = false;
  // One that was asked for before may still be about to fail.
  await expect(async () => {
    await quickAdd(page).fill("Pay");
    await quickAdd(page).fill("Pay tomorrow");
    await expect(understood(page)).toContainText("Tomorrow", { timeout: 1_000 });
  }).toPass();
});

test("pasted lines are offered as tasks", async ({ page }) => {
  await signUp(page, "Ada");
  await paste(page, "Buy milk #food\n\n  Call Ana tomorrow\r\nPost 2 letters\n");
  const lines = page.getByRole("group", { name: "3 lines" });
  await expect(lines.getByRole("listitem")).toHaveText([
    "Buy milk #food",
    "Call Ana tomorrow",
    "Post 2 letters",
  ]);
  await expectAccessible(page);
  await expect(lines.getByRole("button", { name: "Add 3 tasks" })).toBeFocused();
  await page.keyboard.press("Enter");
  const titles = ["Buy milk", "Call Ana", "Post 2 letters"];
  for (const title of titles) await expect(tick(page, title)).toBeVisible();
  await expect(page.getByRole("main").getByRole("checkbox", { name: /^Completed:/ })).toHaveCount(
    3,
  );
  await expect(row(page, "Call Ana")).toContainText("Due Tomorrow");
  await expect(quickAdd(page)).toHaveValue("");
  await expect(quickAdd(page)).toBeFocused();

  await paste(page, "One\ntwo");
  await page.getByRole("button", { name: "Keep as one line" }).click();
  await expect(quickAdd(page)).toHaveValue("One two");
  await expect(quickAdd(page)).toBeFocused();

  // What is no task stays, with the reason.
  await quickAdd(page).fill("");
  await paste(page, `Short\n${"x".repeat(201)}`);
  await page.getByRole("button", { name: "Add 2 tasks" }).click();
  await expect(tick(page, "Short")).toBeVisible();
  await expect(quickAdd(page)).toHaveValue("x".repeat(201));
  await expect(quickAdd(page)).toHaveAccessibleDescription(/at most 200/);
});

test("pasted lines are offered again after a reload, and take no focus then", async ({ page }) => {
  await signUp(page, "Ada");
  await paste(page, "Buy milk\nCall Ana");
  const lines = page.getByRole("group", { name: "2 lines" });
  await expect(lines).toBeVisible();
  await page.reload();
  await expect(lines.getByRole("listitem")).toHaveText(["Buy milk", "Call Ana"]);
  await expect(quickAdd(page)).toHaveValue("Buy milk Call Ana");
  const add = lines.getByRole("button", { name: "Add 2 tasks" });
  await expect(add).not.toBeFocused();
  await add.click();
  for (const title of ["Buy milk", "Call Ana"]) await expect(tick(page, title)).toBeVisible();
  await page.reload();
  await expect(tick(page, "Call Ana")).toBeVisible();
  await expect(quickAdd(page)).toHaveValue("");
});

test("known tags are suggested, by keys and by a press", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Sweep #home", "Sweep");
  await addTask(page, "Paint #hobby", "Paint");

  await quickAdd(page).pressSequentially("Buy milk #ho");
  const line = page.getByRole("combobox", { name: "New task" });
  const suggested = page.getByRole("listbox", { name: "Tags you have used" });
  await expect(suggested.getByRole("option")).toHaveCount(2);
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  const first = suggested.getByRole("option", { selected: true });
  await expect(line).toHaveAttribute(
    "aria-activedescendant",
    (await first.getAttribute("id")) ?? "",
  );
  await page.keyboard.press("ArrowUp");
  await expect(suggested.getByRole("option").last()).toHaveAttribute("aria-selected", "true");
  const chosen = (await suggested.getByRole("option").last().textContent()) ?? "";
  await page.keyboard.press("Enter");
  await expect(quickAdd(page)).toHaveValue(`Buy milk ${chosen} `);
  await expect(suggested).toBeHidden();
  await page.keyboard.press("Enter");
  await expect(row(page, "Buy milk")).toContainText(chosen);

  // Escape closes the suggestions alone; Enter without a choice adds what was typed.
  await quickAdd(page).pressSequentially("Read #ho");
  await expect(suggested).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(suggested).toBeHidden();
  await expect(quickAdd(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row(page, "Read")).toContainText("#ho");

  await page.getByRole("button", { name: "Edit: Read" }).click();
  const form = page.getByRole("form", { name: "Edit: Read" });
  await form.getByLabel("Tags").fill("");
  await form.getByLabel("Tags").pressSequentially("work, hob");
  await form.getByRole("option", { name: "#hobby" }).click();
  await expect(form.getByLabel("Tags")).toHaveValue("work, hobby");
  await expect(form.getByLabel("Tags")).toBeFocused();
  await form.getByRole("button", { name: "Save" }).click();
  await expect(row(page, "Read")).toContainText("#hobby");
});
