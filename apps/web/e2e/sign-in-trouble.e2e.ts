import { expect, type Page, test } from "@playwright/test";
import { newEmail, password, signIn, signOut, signUp } from "./people.ts";

/** Keeps requests waiting until `release`, and counts them. */
async function hold(page: Page, path: string) {
  const asked: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(path, async (route) => {
    asked.push(route.request().url());
    await held;
    await route.continue();
  });
  return { asked, release };
}

test("signing in and out at a slow server is asked for once", async ({ page, baseURL }) => {
  const email = await signUp(page, "Ada");
  const leaving = await hold(page, "**/api/auth/sign-out");
  await signOut(page);
  await expect.poll(() => leaving.asked.length).toBe(1);
  await expect(page).toHaveURL(`${baseURL}/tasks`);
  leaving.release();
  await expect(page).toHaveURL(`${baseURL}/sign-in`);

  const entering = await hold(page, "**/api/auth/sign-in/email");
  await signIn(page, email);
  const busy = page.getByRole("button", { name: "One moment" });
  await expect(busy).toHaveAttribute("aria-disabled", "true");
  await busy.click({ force: true });
  await page.getByLabel("Password").press("Enter");
  entering.release();
  await expect(page).toHaveURL(`${baseURL}/tasks`);
  expect(entering.asked).toHaveLength(1);
});

test("a failing server is said in a sentence, and leaves everything as it is", async ({
  page,
  baseURL,
}) => {
  const failing = (status: number) => (path: string) =>
    page.route(path, (route) => route.fulfill({ status, json: {} }));

  await failing(500)("**/api/auth/sign-up/email");
  const email = newEmail();
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "could not do that" })).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toHaveValue(email);
  await page.unrouteAll();
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(`${baseURL}/tasks`);

  await failing(503)("**/api/auth/sign-out");
  await signOut(page);
  await expect(page.getByRole("region", { name: "Messages" })).toContainText("Not signed out");
  await page.unrouteAll();
  await page.reload();
  await expect(page).toHaveURL(`${baseURL}/tasks`);
  await signOut(page);
  await expect(page).toHaveURL(`${baseURL}/sign-in`);

  await failing(429)("**/api/auth/sign-in/email");
  await signIn(page, email);
  await expect(page.getByRole("alert").filter({ hasText: "Too many tries" })).toBeVisible();
  await page.unrouteAll();
  await signIn(page, email);
  await expect(page).toHaveURL(`${baseURL}/tasks`);
});
