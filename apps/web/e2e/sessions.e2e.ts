import { expect, test } from "@playwright/test";
import {
  addTask,
  allSent,
  countTokens,
  password,
  signIn,
  signOut,
  signUp,
  signUpByForm,
  tick,
} from "./people.ts";

test("a signed-out visitor signs in and comes back to where they were going", async ({
  page,
  baseURL,
}) => {
  const email = await signUpByForm(page, "Ada");
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in/);

  await page.goto("/tasks");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Ftasks$/);
  await signIn(page, email, "not the password");
  await expect(page.getByRole("alert").filter({ hasText: "password is wrong" })).toBeVisible();
  await signIn(page, email, password);
  await expect(page).toHaveURL(`${baseURL}/tasks`);
  await page.goto("/sign-in");
  await expect(page).toHaveURL(`${baseURL}/tasks`);
});

test("sign-in leads to no other site", async ({ page, baseURL }) => {
  const email = await signUp(page, "Ada");
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/sign-in?next=//evil.example/tasks");
  await signIn(page, email);
  await expect(page).toHaveURL(`${baseURL}/tasks`);
});

test("an address that is taken says so", async ({ page }) => {
  const email = await signUp(page, "Ada");
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Eve");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "already" })).toBeVisible();
});

test("two people see nothing of each other", async ({ page, browser, baseURL }) => {
  await signUp(page, "Ada");
  await addTask(page, "Ada's secret");
  await allSent(page);
  const bob = await (await browser.newContext({ baseURL })).newPage();
  await signUpByForm(bob, "Bob");
  await expect(bob.getByText("Nothing to do. Add a task above.")).toBeVisible();
  await addTask(bob, "Bob's secret");
  await page.reload();
  await expect(tick(page, "Ada's secret")).toBeVisible();
  await expect(page.getByText("Bob's secret")).toHaveCount(0);
});

test("the token is in no storage, and one fetch of it serves all calls", async ({ page }) => {
  const fetches = countTokens(page);
  await signUp(page, "Ada");
  await addTask(page, "Stored nowhere");
  await addTask(page, "Nor this");
  expect(fetches()).toBe(1);
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(stored).not.toContain("eyJ");
});

test("a refused token is replaced once, unseen", async ({ page }) => {
  await signUp(page, "Ada");
  let refused = 0;
  await page.route("**/api/trpc/**", async (route) => {
    if (refused > 0) return route.continue();
    refused += 1;
    const headers = { ...route.request().headers(), authorization: "Bearer a.b.c" };
    return route.continue({ headers });
  });
  const second = page.waitForRequest("**/api/auth/token");
  await page.getByRole("link", { name: "All", exact: true }).click();
  await second;
  await expect(page.getByText("No tasks yet.")).toBeVisible();
  expect(refused).toBe(1);
});

test("a session that ended elsewhere leads to sign-in", async ({ page, context }) => {
  await signUp(page, "Ada");
  await context.clearCookies();
  await page.route("**/api/trpc/**", (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: "Bearer a.b.c" } }),
  );
  await page.getByRole("link", { name: "All", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=%2Ftasks%3Fview%3Dall$/);
});

test("while a sign-out is on its way nothing more is typed, and if it fails all is as before", async ({
  page,
}) => {
  await signUp(page, "Ada");
  let answer: (() => Promise<void>) | undefined;
  await page.route("**/api/auth/sign-out", (route) => {
    answer = () => route.fulfill({ contentType: "text/html", body: "<h1>A proxy's page</h1>" });
  });
  const line = page.getByLabel("New task");
  const type = async (text: string) => {
    // Where something lies over it, that is what is pressed.
    await line.click({ force: true });
    await page.keyboard.type(text);
  };
  await type("Typed before");
  await signOut(page);
  await page.getByRole("button", { name: "Sign out and lose it" }).click();
  await expect.poll(() => answer !== undefined).toBe(true);
  await type(" and after");
  await answer?.();
  await expect(page.getByText("Not signed out; try again.")).toBeVisible();
  await expect(line).toHaveValue("Typed before");
  await type(" it failed");
  await page.reload();
  await expect(line).toHaveValue("Typed before it failed");
});
