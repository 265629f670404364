import { expect, type Page, type Route, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { addTask, allSent, row, signUp, tick } from "./people.ts";

const calls = "**/api/trpc/**";
const isChange = (route: Route) => route.request().method() === "POST";

/** No change is answered until the server is let go. */
async function held(page: Page) {
  let letGo = () => {};
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(calls, async (route) => {
    if (isChange(route)) await released;
    await route.continue();
  });
  return letGo;
}

/** No change gets anywhere. */
const cutOff = (page: Page) =>
  page.route(calls, (route) => (isChange(route) ? route.abort() : route.continue()));

const refusal = (code: string, httpStatus: number, message: string) =>
  JSON.stringify({ error: { message, code: -32600, data: { code, httpStatus } } });

/** Presses the button, unless the page has just tried by itself. */
const tryNow = (page: Page) =>
  page
    .getByRole("button", { name: "Try now" })
    .click({ timeout: 3_000 })
    .catch(() => {});

test("changes are there before the server has answered any", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Warm up");
  await allSent(page);
  const letGo = await held(page);
  await page.getByLabel("New task").fill("Fast");
  await page.keyboard.press("Enter");
  await expect(tick(page, "Fast")).toBeVisible();

  await tick(page, "Fast").click();
  await expect(tick(page, "Fast")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tick(page, "Fast")).toBeVisible();
  await page.getByRole("button", { name: "Edit: Fast" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Faster");
  await page.getByRole("textbox", { name: "Title" }).press("Enter");
  await expect(tick(page, "Faster")).toBeVisible();
  await page.keyboard.press("Escape");
  await tick(page, "Warm up").focus();
  await page.keyboard.press("Delete");
  await expect(tick(page, "Warm up")).toHaveCount(0);
  expect(await pending(page)).toBeGreaterThan(0);
  letGo();
  await expect.poll(() => pending(page), { timeout: 15_000 }).toBe(0);
  await page.unrouteAll({ behavior: "wait" });
  await page.reload();
  await expect(tick(page, "Faster")).toBeVisible();
  await expect(row(page, "Fast")).toHaveCount(0);
  await expect(row(page, "Warm up")).toHaveCount(0);
});

const pending = (page: Page) =>
  page.evaluate(
    () => Object.keys(localStorage).filter((key) => key.startsWith("taskbridge.outbox")).length,
  );

test("what the server refuses goes back, with its reason and another try", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Stubborn");
  await allSent(page);
  await page.route("**/api/trpc/task.update*", (route) =>
    route.fulfill({
      status: 422,
      contentType: "application/json",
      body: `[${refusal("too_many_tasks", 422, "There are too many tasks.")}]`,
    }),
  );
  await tick(page, "Stubborn").click();
  const messages = page.getByRole("region", { name: "Messages" });
  await expect(
    messages.getByText(/“Stubborn” could not be saved: There are as many/),
  ).toBeVisible();
  await expect(messages.getByText("Completed: Stubborn")).toHaveCount(0);
  await expect(tick(page, "Stubborn")).not.toBeChecked();
  await expectAccessible(page);
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(tick(page, "Stubborn")).toHaveCount(0);
  await allSent(page);
});

test("offline, all is kept through a reload and sent in its order", async ({ page, context }) => {
  await signUp(page, "Ada");
  await addTask(page, "Before");
  await allSent(page);
  // What edits tasks is here before the connection goes.
  await page.getByRole("button", { name: "Edit: Before" }).click();
  await page.getByRole("textbox", { name: "Title" }).press("Escape");
  await context.setOffline(true);
  await expect(page.getByText(/You are offline/)).toBeVisible();
  await addTask(page, "On the train");
  await page.getByRole("button", { name: "Edit: On the train" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("In the tunnel");
  await page.getByRole("textbox", { name: "Title" }).press("Enter");
  await addTask(page, "Behind it");
  await tick(page, "Before").click();
  await expect(page.getByText("4 changes are waiting")).toBeVisible();
  await expectAccessible(page);

  // Back, but the server is not: the page can be loaded again, and shows what it has kept.
  await cutOff(page);
  await context.setOffline(false);
  await page.reload();
  await expect(tick(page, "In the tunnel")).toBeVisible();
  await expect(tick(page, "Before")).toHaveCount(0);
  await expect(page.getByText(/cannot be reached.*4 changes are waiting/)).toBeVisible();
  await page.unrouteAll();
  await tryNow(page);
  await allSent(page);
  await page.reload();
  await expect(page.getByRole("checkbox", { name: /^Completed/ })).toHaveCount(2);
  await expect(page.getByRole("checkbox", { name: /^Completed/ }).first()).toHaveAccessibleName(
    "Completed: Behind it",
  );
});

test("a task whose creation was answered into the void is there once", async ({ page }) => {
  await signUp(page, "Ada");
  let lost = 0;
  await page.route("**/api/trpc/task.create*", async (route) => {
    if (lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort();
  });
  await addTask(page, "Only once");
  await expect(page.getByText(/cannot be reached/)).toBeVisible();
  await tryNow(page);
  await allSent(page);
  await page.reload();
  await expect(tick(page, "Only once")).toHaveCount(1);
  expect(lost).toBe(1);
});

test("two pages of one person show the same", async ({ page, context }) => {
  await signUp(page, "Ada");
  await addTask(page, "Shared");
  await allSent(page);
  const other = await context.newPage();
  await other.goto("/tasks");
  await expect(tick(other, "Shared")).toBeVisible();
  await tick(page, "Shared").click();
  await expect(tick(other, "Shared")).toHaveCount(0);
});

test("a change made elsewhere meanwhile is shown beside what was typed here", async ({
  page,
  browser,
  context,
  baseURL,
}) => {
  await signUp(page, "Ada");
  await addTask(page, "Shared");
  await allSent(page);
  // Another browser of hers: nothing tells this one.
  const elsewhere = await browser.newContext({
    baseURL,
    storageState: await context.storageState(),
  });
  const other = await elsewhere.newPage();
  await other.goto("/tasks");
  await page.getByRole("button", { name: "Edit: Shared" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Mine");
  await other.getByRole("button", { name: "Edit: Shared" }).click();
  await other.getByRole("textbox", { name: "Title" }).fill("Theirs");
  await other.getByLabel("Tags").fill("theirs");
  await other.getByRole("button", { name: "Save" }).click();
  await allSent(other);

  await page.getByRole("button", { name: "Save" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "Changed elsewhere" });
  await expect(alert).toContainText("there “Theirs”, here “Mine”");
  await expect(tick(page, "Theirs")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(alert).toContainText("here “Mine”");
  await alert.getByRole("button", { name: "Keep mine" }).click();
  await expect(row(page, "Mine")).toContainText("#theirs");
  await allSent(page);
  await elsewhere.close();
});

test("changes to different fields go together by themselves", async ({
  page,
  browser,
  context,
  baseURL,
}) => {
  await signUp(page, "Ada");
  await addTask(page, "Shared #first", "Shared");
  await allSent(page);
  const elsewhere = await browser.newContext({
    baseURL,
    storageState: await context.storageState(),
  });
  const other = await elsewhere.newPage();
  await other.goto("/tasks");
  await page.getByRole("button", { name: "Edit: Shared" }).click();
  await page.getByLabel("Notes").fill("Typed here");
  await page.getByLabel("Tags").fill("first, mine");
  await other.getByRole("button", { name: "Edit: Shared" }).click();
  await other.getByLabel("Tags").fill("first, theirs");
  await other.getByRole("button", { name: "Save" }).click();
  await allSent(other);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(row(page, "Shared")).toContainText("#theirs");
  await expect(row(page, "Shared")).toContainText("#mine");
  await expect(row(page, "Shared")).toContainText("Typed here");
  await elsewhere.close();
});
