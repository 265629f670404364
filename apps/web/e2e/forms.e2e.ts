import { expect, type Page, test } from "@playwright/test";
import { newEmail, password, removeWorker, signIn, signUp } from "./people.ts";

const scripts = "**/_next/static/chunks/**/*.js";

/** What is asked of Better Auth's paths from now on. */
function asked(page: Page): string[] {
  const paths: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") paths.push(new URL(request.url()).pathname);
  });
  return paths;
}

test("what is wrong with a new account is said at each field before anything is sent", async ({
  page,
  baseURL,
}) => {
  const sent = asked(page);
  await page.goto("/sign-up");
  const name = page.getByLabel("Name");
  const email = page.getByLabel("E-mail address");
  const secret = page.getByLabel("Password");
  const create = page.getByRole("button", { name: "Create account" });

  await create.click();
  await expect(name).toHaveAccessibleDescription("Type your name.");
  await expect(email).toHaveAccessibleDescription("Type your e-mail address.");
  await expect(secret).toHaveAccessibleDescription(/must have at least 8 characters/);
  await expect(name).toBeFocused();

  await page.keyboard.type("Ada");
  await expect(name).not.toHaveAttribute("aria-invalid");
  await email.fill("ada at home");
  await secret.fill("x".repeat(129));
  await page.keyboard.press("Enter");
  await expect(email).toHaveAccessibleDescription("This is not an e-mail address.");
  await expect(secret).toHaveAccessibleDescription(/at most 128 characters/);
  await expect(email).toBeFocused();
  expect(sent).toEqual([]);

  await email.fill(newEmail());
  await secret.fill(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${baseURL}/tasks`);
});

test("what the server refuses is said at its field, which gets the focus", async ({
  page,
  browser,
  baseURL,
}) => {
  const email = await signUp(page, "Ada");
  const other = await (await browser.newContext({ baseURL, locale: "en-GB" })).newPage();
  await other.goto("/sign-up");
  await other.getByLabel("Name").fill("Bob");
  await other.getByLabel("E-mail address").fill(email);
  await other.getByLabel("Password").fill(password);
  await other.getByRole("button", { name: "Create account" }).click();
  const address = other.getByLabel("E-mail address");
  await expect(address).toHaveAccessibleDescription(/There is an account with this e-mail/);
  await expect(address).toBeFocused();

  await other.getByRole("link", { name: "Sign in" }).click();
  await expect(other).toHaveURL(`${baseURL}/sign-in`);
  await signIn(other, email, "");
  const secret = other.getByLabel("Password");
  await expect(secret).toHaveAccessibleDescription("Type your password.");
  await expect(secret).toBeFocused();
  await signIn(other, email, "not the password");
  await expect(secret).toHaveAccessibleDescription(/password is wrong/);
  await expect(secret).toBeFocused();
  await expect(secret).toHaveValue("not the password");
  await signIn(other, email);
  await expect(other).toHaveURL(`${baseURL}/tasks`);
});

/** Signs in as far as one can while no script has come; then they are let through. */
async function typeBeforeScripts(page: Page, email: string): Promise<() => void> {
  let release = () => {};
  const loading = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(scripts, async (route) => {
    await loading;
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  return release;
}

test("what is typed before the script has loaded is kept, and sent", async ({ page, baseURL }) => {
  const email = await signUp(page, "Ada");
  await page.context().clearCookies();
  const release = await typeBeforeScripts(page, email);
  release();
  await page.waitForLoadState("networkidle");
  await expect(page.getByLabel("E-mail address")).toHaveValue(email);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${baseURL}/tasks`);
});

test("what is sent before the script has loaded waits for it", async ({ page, baseURL }) => {
  const email = await signUp(page, "Ada");
  await page.context().clearCookies();
  await removeWorker(page);
  const posted: string[] = [];
  const release = await typeBeforeScripts(page, email);
  page.on("request", (request) => request.method() === "POST" && posted.push(request.url()));
  // What a press does by itself, without the waiting of a test.
  await page
    .getByLabel("Password")
    .evaluate((input: HTMLInputElement) => input.form?.requestSubmit());
  await expect(page).toHaveURL(`${baseURL}/sign-in`);
  expect(posted).toEqual([]);
  release();
  await expect(page).toHaveURL(`${baseURL}/tasks`);
});

test("where the rest of the form cannot be loaded, it says so and takes another try", async ({
  page,
  baseURL,
}) => {
  const email = await signUp(page, "Ada");
  await page.context().clearCookies();
  // Nothing is loaded ahead.
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await page.goto("/sign-in");
  await page.waitForLoadState("networkidle");
  await page.route(scripts, (route) => route.abort());
  await signIn(page, email);
  await expect(page.getByRole("alert").filter({ hasText: "cannot be reached" })).toBeVisible();
  await expect(page.getByLabel("Password")).toHaveValue(password);
  await page.unrouteAll();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${baseURL}/tasks`);
});
