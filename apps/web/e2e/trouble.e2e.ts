import { expect, test } from "@playwright/test";
import {
  addTask,
  allSent,
  atWork,
  countTokens,
  newEmail,
  password,
  signIn,
  signOut,
  signUp,
  tick,
} from "./people.ts";

const emptyList = "Nothing to do. Add a task above.";

test("a token that is refused again and again says so, and sends nobody in circles", async ({
  page,
}) => {
  await signUp(page, "Ada");
  const tokens = countTokens(page);
  await page.route("**/api/trpc/**", (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: "Bearer a.b.c" } }),
  );
  await page.reload();
  await atWork(page);
  // The first list came with the page.
  await page.getByRole("link", { name: "Completed" }).click();
  await expect(page.getByRole("button", { name: "Reload", exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\/tasks\?view=completed$/);
  expect(tokens()).toBe(2);
});

test("an outage of the token's address is no sign-out", async ({ page }) => {
  await signUp(page, "Ada");
  await page.route("**/api/auth/token", (route) => route.fulfill({ status: 503 }));
  await page.reload();
  await expect(page.getByText(emptyList)).toBeVisible();
  await atWork(page);
  await page.getByRole("link", { name: "Completed" }).click();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible({ timeout: 15_000 });
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Nothing is completed yet.")).toBeVisible();
});

test("another person's sign-in in another tab never shows their tasks under this name", async ({
  page,
  context,
}) => {
  await page.clock.install();
  await signUp(page, "Ada");
  const other = await context.newPage();
  // The news may get lost: a tab can be frozen.
  await other.addInitScript(() => {
    BroadcastChannel.prototype.postMessage = () => {};
  });
  await other.goto("/tasks");
  await signOut(other);
  await expect(other).toHaveURL(/\/sign-in$/);
  await signUp(other, "Bob");
  await addTask(other, "Bob's secret");

  await page.clock.fastForward("16:00");
  await page.getByRole("link", { name: "All", exact: true }).click();
  await expect(page.getByRole("button", { name: "Account of Bob" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Account of Ada" })).toHaveCount(0);
});

test("the way back after sign-out shows no tasks", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Ada's secret");
  await allSent(page);
  await page.goto("/");
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign" })).toBeVisible();
  await expect(page.getByText("Ada's secret")).toHaveCount(0);
});

test("signing out with something unsent asks first, and then leaves nothing behind", async ({
  page,
}) => {
  await signUp(page, "Ada");
  await page.route("**/api/trpc/**", (route) => route.abort());
  await addTask(page, "Never sent");
  await expect(page.getByText(/cannot be reached/)).toBeVisible();
  await signOut(page);
  const question = page.getByRole("dialog", { name: "Not everything is sent yet" });
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(tick(page, "Never sent")).toBeVisible();
  await signOut(page);
  await question.getByRole("button", { name: "Sign out and lose it" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("Never sent");
});

test("sign-in leads back neither to itself nor to what is no page", async ({ page, baseURL }) => {
  await signUp(page, "Ada");
  for (const next of ["/sign-in", "/sign%2Din", "/api/auth/token"]) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page).toHaveURL(`${baseURL}/tasks`);
  }
});

test("a refused sign-in is said at the field, and one that cannot be sent says so", async ({
  page,
  context,
}) => {
  await page.goto("/sign-in");
  await signIn(page, newEmail(), password);
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/password is wrong/);
  await expect(page.getByLabel("Password")).toBeFocused();
  await context.setOffline(true);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "cannot be reached" })).toBeVisible();
});

test("nothing is logged or asked of another host", async ({ page, baseURL }) => {
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (baseURL && !request.url().startsWith(baseURL)) complaints.push(request.url());
  });
  await signUp(page, "Ada");
  await addTask(page, "Buy milk !high #home tomorrow", "Buy milk");
  await page.getByRole("button", { name: "Edit: Buy milk" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await tick(page, "Buy milk").click();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Every action" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Export" }).click();
  await expect(page.getByRole("dialog", { name: "Export" })).toBeVisible();
  expect(complaints).toEqual([]);
});
