import { expect, type Page, test } from "@playwright/test";
import { addTask, allSent, atWork, removeWorker, row, signUp, tick } from "./people.ts";

/** What the page asks the server for, and what it has to complain about, from here on. */
function watch(page: Page) {
  const calls: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/trpc/")) calls.push(pathname);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { calls, complaints };
}

test("the list is there without any script", async ({ page, browser, context, baseURL }) => {
  await signUp(page, "Ada");
  await addTask(page, "Drawn by the server tomorrow #home !high", "Drawn by the server");
  await allSent(page);
  const plain = await browser.newContext({
    baseURL,
    storageState: await context.storageState(),
    javaScriptEnabled: false,
  });
  const other = await plain.newPage();
  await other.goto("/tasks");
  await expect(tick(other, "Drawn by the server")).toBeVisible();
  await expect(row(other, "Drawn by the server")).toContainText("Tomorrow");
  await expect(other.getByRole("navigation").getByRole("link", { name: /^Open/ })).toContainText(
    "1",
  );
  await expect(other.getByText("Loading your tasks")).toHaveCount(0);
  await plain.close();
});

test("what came with the page is not asked for again, and nothing moves", async ({ page }) => {
  await signUp(page, "Ada");
  for (const at of [1, 2, 3]) await addTask(page, `Task ${at} tomorrow #home`, `Task ${at}`);
  await allSent(page);
  for (const path of ["/tasks", "/tasks?view=upcoming&tag=home", "/tasks?q=task"]) {
    const { calls, complaints } = watch(page);
    const token = page.waitForResponse("**/api/auth/token");
    await page.goto(path);
    const placed = await row(page, "Task 1").boundingBox();
    await atWork(page);
    // When there is nothing else to do, the page makes ready for a change.
    await token;
    expect(await row(page, "Task 1").boundingBox()).toEqual(placed);
    expect({ path, calls, complaints }).toEqual({ path, calls: [], complaints: [] });
    page.removeAllListeners();
  }
});

test("what is not sent yet is shown over what came with the page", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Done offline");
  await addTask(page, "Still to do");
  await allSent(page);
  await page.route("**/api/trpc/**", (route) => route.abort());
  await tick(page, "Done offline").click();
  await addTask(page, "Made offline");
  const { complaints } = watch(page);
  await page.reload();
  await expect(tick(page, "Made offline")).toBeVisible();
  await expect(tick(page, "Still to do")).toBeVisible();
  await expect(tick(page, "Done offline")).toHaveCount(0);
  expect(complaints.filter((text) => !text.includes("ERR_FAILED"))).toEqual([]);
  await page.unrouteAll();
  await page.reload();
  await allSent(page);
  await expect(tick(page, "Made offline")).toHaveCount(1);
});

test("what was sent while the next page was drawn is shown on it", async ({ page, context }) => {
  await signUp(page, "Ada");
  await removeWorker(page);
  const next = await context.newPage();
  let drawn = () => {};
  let come = () => {};
  const isDrawn = new Promise<void>((resolve) => (drawn = resolve));
  const mayCome = new Promise<void>((resolve) => (come = resolve));
  await next.route("**/tasks", async (route) => {
    const response = await route.fetch();
    drawn();
    await mayCome;
    await route.fulfill({ response });
  });
  const gone = next.goto("/tasks");
  await isDrawn;
  await addTask(page, "Sent at the last moment");
  await allSent(page);
  come();
  await gone;
  await expect(tick(next, "Sent at the last moment")).toBeVisible();
  await expect(next.getByRole("navigation").getByRole("link", { name: "Open 1" })).toBeVisible();
});

test("a viewer whose day the server does not know yet sees their own", async ({
  browser,
  page,
  context,
  baseURL,
}) => {
  await signUp(page, "Ada");
  const state = await context.storageState();
  const cookies = state.cookies.filter(({ name }) => name !== "time-zone");
  // Twenty-five hours apart: at least one of them has another day than UTC.
  for (const timezoneId of ["Pacific/Kiritimati", "Pacific/Niue"]) {
    const away = await browser.newContext({
      baseURL,
      storageState: { ...state, cookies },
      timezoneId,
    });
    const other = await away.newPage();
    const { complaints } = watch(other);
    await other.goto("/tasks?view=today");
    const day = await other.evaluate(() => new Intl.DateTimeFormat("sv").format(new Date()));
    await other.getByLabel("New task").fill(`Mine in ${timezoneId}`);
    await other.keyboard.press("Enter");
    await expect(row(other, `Mine in ${timezoneId}`).locator("time")).toHaveAttribute(
      "datetime",
      day,
    );
    await allSent(other);
    expect(complaints).toEqual([]);
    await other.reload();
    await expect(tick(other, `Mine in ${timezoneId}`)).toBeVisible();
    await away.close();
  }
});

test("what was written and ticked before the page was at work is done", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Ticked early");
  await addTask(page, "Left alone");
  await allSent(page);
  await removeWorker(page);
  let letScriptsIn = () => {};
  const wanted = new Promise<void>((resolve) => {
    letScriptsIn = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await wanted;
    await route.continue();
  });
  await page.goto("/tasks", { waitUntil: "commit" });
  await page.getByLabel("New task").fill("Typed soon tomorrow");
  await page.keyboard.press("Enter");
  await tick(page, "Ticked early").check();
  letScriptsIn();
  await expect(page.getByText("Completed: Ticked early")).toBeVisible();
  await expect(row(page, "Typed soon")).toContainText("Tomorrow");
  await allSent(page);
  await page.reload();
  await expect(tick(page, "Left alone")).toBeVisible();
  await expect(tick(page, "Ticked early")).toHaveCount(0);
});
