import { expect, type Page, type Route, test } from "@playwright/test";
import { createAccount, newEmail, password, press, signIn } from "./people.ts";

const nextPassword = "another long passphrase";

/** Lets requests through and loses their answers, cookies included, until the function it returns is called. */
async function loseAnswers(page: Page, path: string) {
  const lose = async (route: Route) => {
    const { url, method, headers, body } = {
      url: route.request().url(),
      method: route.request().method(),
      headers: await route.request().allHeaders(),
      body: route.request().postData() ?? "",
    };
    await fetch(url, { method, headers, body });
    await route.abort();
  };
  await page.route(path, lose);
  return () => page.unroute(path, lose);
}

const unreachable = (page: Page) =>
  page.getByRole("alert").filter({ hasText: "cannot be reached" });

async function changePassword(page: Page) {
  await page.getByLabel("Current password").fill(password);
  await page.getByLabel("New password").fill(nextPassword);
  await press(page.getByRole("button", { name: "Change password" }));
}

/** Somebody on their account page, whose tabs stay where they are until they ask for something. */
async function atAccount(page: Page) {
  const email = await createAccount(page, "Ada");
  await page.goto("/account");
  await expect(page.getByRole("region", { name: "Sessions" }).getByRole("listitem")).toHaveCount(1);
  return email;
}

test("a password that the first try has changed is said to be changed by the second", async ({
  page,
}) => {
  await atAccount(page);
  const find = await loseAnswers(page, "**/api/auth/change-password");
  await changePassword(page);
  await expect(unreachable(page)).toBeVisible();
  await expect(page.getByLabel("New password")).toHaveValue(nextPassword);
  await find();
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed")).toBeVisible();
  await expect(page.getByLabel("New password")).toHaveValue("");
  await page.goto("/tasks");
  await expect(page.getByLabel("New task")).toBeVisible();
});

test("whoever is sent to sign-in after such a try is told which password to try", async ({
  page,
  baseURL,
}) => {
  const email = await atAccount(page);
  await loseAnswers(page, "**/api/auth/change-password");
  await changePassword(page);
  await expect(unreachable(page)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("status")).toContainText("Try the new password first");
  await signIn(page, email, nextPassword);
  await expect(page).toHaveURL(`${baseURL}/account`);
});

test("an account that the first try has deleted is not said to be a session that ended", async ({
  page,
}) => {
  const email = await atAccount(page);
  const find = await loseAnswers(page, "**/api/auth/delete-user");
  await press(page.getByRole("button", { name: "Delete my account" }));
  const dialog = page.getByRole("dialog", { name: "Delete my account" });
  await dialog.getByLabel("type your e-mail address").fill(email);
  await dialog.getByLabel("Password").fill(password);
  const confirm = dialog.getByRole("button", { name: "Delete for good" });
  await confirm.click();
  await expect(dialog.getByRole("alert")).toHaveText(/cannot be reached/);
  await find();
  await confirm.click();
  await expect(page).toHaveURL(/\/sign-up\?account=gone$/);
  await expect(page.getByRole("status")).toContainText("most likely your account is deleted");
});

test("an account that the first try has made is what the second signs in to", async ({
  page,
  baseURL,
}) => {
  const find = await loseAnswers(page, "**/api/auth/sign-up/email");
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("E-mail address").fill(newEmail());
  await page.getByLabel("Password").fill(password);
  await press(page.getByRole("button", { name: "Create account" }));
  await expect(unreachable(page)).toBeVisible();
  await find();
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(`${baseURL}/tasks`);
});

test("signing out everywhere leads to sign-in, whichever try has done it", async ({ page }) => {
  await atAccount(page);
  const find = await loseAnswers(page, "**/api/auth/revoke-sessions");
  const everywhere = page.getByRole("button", { name: "Sign out everywhere", exact: true });
  await press(everywhere);
  await expect(unreachable(page)).toBeVisible();
  await find();
  await everywhere.click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByText("Your session has ended")).toHaveCount(0);
});

test("what is typed into the forms survives a reload and the way back, but for passwords, which are in no storage", async ({
  page,
}) => {
  const stored = () =>
    page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  const email = newEmail();
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await expect.poll(stored).toContain(email);
  expect(await stored()).not.toContain(password);
  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("Ada");
  await expect(page.getByLabel("E-mail address")).toHaveValue(email);
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toHaveValue(email);
  await page.goBack();
  await page.getByLabel("Password").fill(password);
  await press(page.getByRole("button", { name: "Create account" }));
  await expect(page.getByLabel("New task")).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain(email);

  await page.goto("/account");
  await page.getByLabel("Current password").fill(password);
  await page.getByLabel("New password").fill(nextPassword);
  expect(await stored()).not.toMatch(new RegExp(`${password}|${nextPassword}`));
  await page.getByRole("link", { name: "To your tasks" }).click();
  await expect(page.getByLabel("New task")).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel("New password")).toHaveValue(nextPassword);
  const asked = page.waitForEvent("dialog");
  const gone = page.goto("/tasks").catch(() => {});
  await (await asked).dismiss();
  await gone;
  await page.getByLabel("New password").fill("");

  await press(page.getByRole("button", { name: "Delete my account" }));
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("type your e-mail address").fill(email);
  await dialog.getByLabel("Password").fill(password);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(dialog.getByLabel("type your e-mail address")).toHaveValue(email);
  await expect(dialog.getByLabel("Password")).toHaveValue("");
  expect(await stored()).not.toContain(password);
});
