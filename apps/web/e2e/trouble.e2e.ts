import { expect, test } from "@playwright/test";
import { addTask, newEmail, password, signIn, signOut, signUp } from "./people.ts";

const emptyList = "Nothing to do. Add a task above.";

test("what is being typed stays when its task leaves the list elsewhere", async ({
  page,
  context,
}) => {
  await signUp(page, "Ada");
  await addTask(page, "Shared");
  await page.getByRole("button", { name: "Edit: Shared" }).click();
  await page.getByLabel("Notes").fill("Typed here");

  const other = await context.newPage();
  await other.goto("/tasks");
  await other.getByRole("checkbox", { name: "Completed: Shared" }).click();
  await expect(other.getByText(emptyList)).toBeVisible();

  await page.getByLabel("New task").fill("Makes the list load again");
  await page.getByRole("button", { name: "Add" }).click();
  await expect(page.getByRole("button", { name: /^Edit: Makes/ })).toBeVisible();
  await expect(page.getByLabel("Notes")).toHaveValue("Typed here");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "changed elsewhere" })).toBeVisible();
  await expect(page.getByLabel("Notes")).toHaveValue("Typed here");

  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
  await page.getByText("Completed", { exact: true }).click();
  await expect(page.getByText("Typed here")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Completed: Shared" })).toBeChecked();
});

test("saving after a conflict leaves alone what only the others changed", async ({
  page,
  context,
}) => {
  await signUp(page, "Ada");
  await addTask(page, "Shared");
  await page.getByRole("button", { name: "Edit: Shared" }).click();
  await page.getByLabel("Title").fill("Mine");

  const other = await context.newPage();
  await other.goto("/tasks");
  await other.getByRole("button", { name: "Edit: Shared" }).click();
  await other.getByLabel("Title").fill("Theirs");
  await other.getByLabel("Tags").fill("theirs");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText("#theirs")).toBeVisible();

  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Title")).toHaveAccessibleDescription(/Elsewhere.*Theirs/);
  await expect(page.getByLabel("Tags")).toHaveValue("theirs");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Edit: Mine" })).toBeVisible();
  await expect(page.getByText("#theirs")).toBeVisible();
});

test("a token that is refused again and again says so, and sends nobody in circles", async ({
  page,
}) => {
  await signUp(page, "Ada");
  let tokens = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/api/auth/token")) tokens += 1;
  });
  await page.route("**/api/trpc/**", (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: "Bearer a.b.c" } }),
  );
  await page.reload();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await expect(page).toHaveURL(/\/tasks$/);
  expect(tokens).toBe(2);
});

test("an outage of the token's address is no sign-out", async ({ page }) => {
  await signUp(page, "Ada");
  await page.route("**/api/auth/token", (route) => route.fulfill({ status: 503 }));
  await page.reload();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible({ timeout: 15_000 });
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText(emptyList)).toBeVisible();
});

test("offline, nothing typed is lost and the page says why", async ({ page, context }) => {
  await signUp(page, "Ada");
  await context.setOffline(true);
  await page.getByLabel("New task").fill("On the train");
  await page.getByLabel("New task").press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "cannot be reached" })).toBeVisible();
  await expect(page.getByLabel("New task")).toHaveValue("On the train");
  await context.setOffline(false);
  await page.getByLabel("New task").press("Enter");
  await expect(page.getByRole("checkbox", { name: "Completed: On the train" })).toBeVisible();
  await expect(page.getByLabel("New task")).toHaveValue("");
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
  await page.getByText("All", { exact: true }).click();
  await expect(page.getByRole("button", { name: "Account of Bob" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Account of Ada" })).toHaveCount(0);
});

test("the way back after sign-out shows no tasks", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Ada's secret");
  await page.goto("/");
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign" })).toBeVisible();
  await expect(page.getByText("Ada's secret")).toHaveCount(0);
});

test("the focus goes on to the next task when one leaves the list", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Second");
  await addTask(page, "First");
  await page.getByRole("checkbox", { name: "Completed: First" }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("checkbox", { name: "Completed: Second" })).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.getByText(emptyList)).toBeVisible();
  await expect(page.getByLabel("New task")).toBeFocused();
});

test("a key held too long deletes nothing, and Escape keeps", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Precious");
  await page.getByRole("button", { name: "Delete: Precious" }).focus();
  await page.keyboard.down("Enter");
  await expect(page.getByRole("button", { name: "Keep" })).toBeFocused();
  await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect(page.getByRole("checkbox", { name: "Completed: Precious" })).toBeVisible();

  await page.getByRole("button", { name: "Delete: Precious" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Delete: Precious" })).toBeFocused();
});

test("what the server refuses is said at the field", async ({ page }) => {
  await signUp(page, "Ada");
  await page.getByLabel("New task").fill("   ");
  await page.getByLabel("New task").press("Enter");
  await expect(page.getByLabel("New task")).toHaveAccessibleDescription(/1 to 200 characters/);
  await expect(page.getByLabel("New task")).toBeFocused();
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

test("320 px are enough, and nothing is logged or asked of another host", async ({
  page,
  baseURL,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (baseURL && !request.url().startsWith(baseURL)) complaints.push(request.url());
  });
  const sideways = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );

  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ["/sign-in", "/sign-up"]) {
    await page.goto(path);
    expect(await sideways()).toBe(0);
  }
  await signUp(page, `Ada ${"Lovelace".repeat(10)}`);
  await addTask(page, "Averyveryverylongword".repeat(9));
  expect(await sideways()).toBe(0);
  await page.getByRole("button", { name: /^Edit/ }).click();
  expect(await sideways()).toBe(0);
  expect(complaints).toEqual([]);
});
