import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import {
  addTask,
  atWork,
  createAccount,
  newEmail,
  password,
  press,
  signIn,
  signOut,
  signUp,
} from "./people.ts";

const nextPassword = "another long passphrase";
const emptyList = "Nothing to do. Add a task above.";

/** Somebody new, on their account page. */
async function atAccount(page: Page): Promise<string> {
  const email = await createAccount(page, "Ada");
  await page.goto("/account");
  await expect(sessions(page)).toHaveCount(1);
  return email;
}

const sessions = (page: Page) =>
  page.getByRole("region", { name: "Sessions" }).getByRole("listitem");

/** The same person in another browser, at an address. */
async function elsewhere(
  browser: Browser,
  baseURL: string | undefined,
  email: string,
  path: string,
) {
  const page = await (await browser.newContext({ baseURL, locale: "en-GB" })).newPage();
  await page.goto(path);
  await signIn(page, email);
  await expect(page).toHaveURL(`${baseURL}${path}`);
  return page;
}

async function changePassword(page: Page, current: string, next: string) {
  await page.getByLabel("Current password").fill(current);
  await page.getByLabel("New password").fill(next);
  await press(page.getByRole("button", { name: "Change password" }));
}

async function openDeletion(page: Page, email: string, secret = password): Promise<Locator> {
  await page.getByRole("button", { name: "Delete my account" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete my account" });
  await dialog.getByLabel("type your e-mail address").fill(email);
  await dialog.getByLabel("Password").fill(secret);
  return dialog;
}

const tabsAreDeaf = () => {
  BroadcastChannel.prototype.postMessage = () => {};
};

test("whoever is sent to sign-in comes back to the account, with its query", async ({
  page,
  baseURL,
}) => {
  const email = await signUp(page, "Ada");
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto("/account?from=a&to=b");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Faccount%3Ffrom%3Da%26to%3Db$/);
  await signIn(page, email);
  await expect(page).toHaveURL(`${baseURL}/account?from=a&to=b`);
  await expect(page.getByRole("main").getByText(email)).toBeVisible();
});

test("what is wrong with a password is said at its field", async ({ page }) => {
  await atAccount(page);
  const current = page.getByLabel("Current password");
  const next = page.getByLabel("New password");

  await changePassword(page, "", nextPassword);
  await expect(current).toHaveAccessibleDescription(/Type your password/);
  await expect(current).toBeFocused();
  await changePassword(page, password, "short");
  await expect(next).toHaveAccessibleDescription(/at least 8 characters/);
  await changePassword(page, password, "x".repeat(129));
  await expect(next).toHaveAccessibleDescription(/at most 128 characters/);
  await changePassword(page, password, password);
  await expect(next).toHaveAccessibleDescription(/same as the current one/);
  await expect(next).toBeFocused();
  await changePassword(page, "not the password", nextPassword);
  await expect(current).toHaveAccessibleDescription(/This is not your password/);
  await expect(current).toBeFocused();
  await expect(next).toHaveValue(nextPassword);
});

test("a new password signs out the other sessions, and this one goes on in all its tabs", async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const email = await atAccount(page);
  const tab = await context.newPage();
  await tab.goto("/tasks");
  await expect(tab.getByText(emptyList)).toBeVisible();
  await atWork(tab);
  const other = await elsewhere(browser, baseURL, email, "/account");

  await changePassword(page, password, nextPassword);
  await expect(page.getByText("your other sessions are signed out")).toBeVisible();
  await expect(page.getByLabel("Current password")).toHaveValue("");
  await expect(sessions(page)).toHaveCount(1);
  await expect(sessions(page)).toContainText(/Chrome on \w+.*This one/);

  const refused: number[] = [];
  tab.on("response", (response) => response.status() === 401 && refused.push(response.status()));
  await addTask(tab, "Still here");
  expect(refused).toEqual([]);

  await other.getByRole("button", { name: "Sign out everywhere", exact: true }).click();
  await expect(other).toHaveURL(/\/sign-in\?next=%2Faccount$/);
  await signIn(other, email);
  await expect(other.getByRole("alert").filter({ hasText: "password is wrong" })).toBeVisible();
  await signIn(other, email, nextPassword);
  await expect(other).toHaveURL(`${baseURL}/account`);
});

test("a password that is easily guessed is refused at its field, and why", async ({ page }) => {
  const email = await atAccount(page);
  const next = page.getByLabel("New password");
  for (const [easy, reason] of [
    ["Password123!", /most common passwords/],
    [email, /your e-mail address/],
  ] as const) {
    await changePassword(page, password, easy);
    await expect(next).toHaveAccessibleDescription(reason);
    await expect(next).toBeFocused();
  }
  await changePassword(page, password, nextPassword);
  const changed = page.getByText("Your password is changed");
  await expect(changed).toBeVisible();

  // The message does not lie on what stands last.
  const last = page.getByRole("button", { name: "Delete my account" });
  await last.click({ timeout: 4_000 });
  await expect(page.getByRole("dialog", { name: "Delete my account" })).toBeVisible();
});

test("one session is signed out, and finds out by its next calls", async ({
  page,
  browser,
  baseURL,
}) => {
  const email = await atAccount(page);
  const other = await elsewhere(browser, baseURL, email, "/tasks");
  await atWork(other);
  await addTask(other, "A secret");
  const third = await elsewhere(browser, baseURL, email, "/account");
  await page.reload();
  await expect(sessions(page)).toHaveCount(3);
  await expect(sessions(page).first()).toContainText("In use now");
  await expect(page.getByText("This one", { exact: true })).toHaveCount(1);

  // Of the two others the one that was used last is above: it is the third.
  await sessions(page)
    .last()
    .getByRole("button", { name: /^Sign out this one: Chrome on/ })
    .click();
  await expect(sessions(page)).toHaveCount(2);
  await expect(page.getByRole("heading", { name: "Sessions" })).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "Signed out: Chrome" })).toBeAttached();

  // For a moment a call may still be answered: each search is a call of its own.
  const signedOut = /\/sign-in\?next=%2Ftasks/;
  let calls = 0;
  await expect(async () => {
    if (!signedOut.test(other.url())) {
      await other.getByRole("searchbox").fill(`secret ${++calls}`, { timeout: 500 });
    }
    await expect(other).toHaveURL(signedOut, { timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await third.reload();
  await expect(sessions(third)).toHaveCount(2);

  await sessions(third).first().getByRole("button").click();
  await expect(third).toHaveURL(/\/sign-in$/);
});

test("everywhere else is signed out at once", async ({ page, browser, baseURL }) => {
  const email = await atAccount(page);
  const other = await elsewhere(browser, baseURL, email, "/account");
  await page.reload();
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(sessions(page)).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Sign out everywhere else" })).toHaveCount(0);
  await changePassword(other, password, nextPassword);
  await expect(other).toHaveURL(/\/sign-in\?next=%2Faccount$/);
});

test("signing out everywhere leaves nothing to go back to, in no tab", async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const email = await signUp(page, "Ada");
  await addTask(page, "Ada's secret");
  const tab = await context.newPage();
  await tab.goto("/tasks");
  await expect(tab.getByText("Ada's secret")).toBeVisible();
  const other = await elsewhere(browser, baseURL, email, "/account");
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out everywhere", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(tab).toHaveURL(/\/sign-in\?next=%2Ftasks$/);
  for (const left of [page, tab]) {
    await left.goBack();
    await expect(left.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await expect(left.getByText("Ada's secret")).toHaveCount(0);
  }
  await other.getByRole("button", { name: "Sign out everywhere", exact: true }).click();
  await expect(other).toHaveURL(/\/sign-in\?next=%2Faccount$/);
});

test("signing out in one tab is noticed in the others", async ({ page, context }) => {
  await signUp(page, "Ada");
  await addTask(page, "Ada's secret");
  const tab = await context.newPage();
  await tab.goto("/account");
  await expect(sessions(tab)).toHaveCount(1);
  await signOut(tab);
  await expect(tab).toHaveURL(/\/sign-in$/);
  await expect(page).toHaveURL(/\/sign-in\?next=%2Ftasks$/);
  await expect(page.getByText("Ada's secret")).toHaveCount(0);
});

test("the account of somebody else, who signed in meanwhile, is not shown under this name", async ({
  page,
  context,
}) => {
  const ada = await atAccount(page);
  const tab = await context.newPage();
  await tab.addInitScript(tabsAreDeaf);
  await tab.goto("/tasks");
  await signOut(tab);
  await expect(tab).toHaveURL(/\/sign-in$/);
  const bob = await signUp(tab, "Bob");
  await changePassword(page, password, nextPassword);
  await expect(page.getByRole("main").getByText(bob)).toBeVisible();
  await expect(page.getByText(ada)).toHaveCount(0);
});

test("an account is deleted after its address and its password are typed", async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const email = await signUp(page, "Ada");
  await addTask(page, "Ada's secret");
  const tab = await context.newPage();
  await tab.goto("/tasks");
  await expect(tab.getByText("Ada's secret")).toBeVisible();
  const other = await elsewhere(browser, baseURL, email, "/account");
  await page.goto("/account");

  const dialog = await openDeletion(page, "somebody@example.com");
  await expect(dialog).toHaveAccessibleDescription(/cannot be undone/);
  const confirm = dialog.getByRole("button", { name: "Delete for good" });
  await confirm.click();
  await expect(dialog.getByLabel("type your e-mail")).toHaveAccessibleDescription(/This is not/);
  await dialog.getByLabel("type your e-mail").fill(` ${email.toUpperCase()} `);
  await dialog.getByLabel("Password").fill("not the password");
  await confirm.click();
  await expect(dialog.getByLabel("Password")).toHaveAccessibleDescription(/not your password/);
  await expect(dialog.getByLabel("Password")).toBeFocused();
  await dialog.getByLabel("Password").fill(password);
  await confirm.click();

  await expect(page).toHaveURL(/\/sign-up\?account=deleted$/);
  await expect(page.getByRole("status").filter({ hasText: "account is deleted" })).toBeVisible();
  await expect(tab).toHaveURL(/\/sign-in\?next=%2Ftasks$/);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page.getByText("Ada's secret")).toHaveCount(0);
  await changePassword(other, password, nextPassword);
  await expect(other).toHaveURL(/\/sign-in\?next=%2Faccount$/);
  await signIn(other, email);
  await expect(other.getByRole("alert").filter({ hasText: "password is wrong" })).toBeVisible();
});

test("a slow server is asked once, however often one presses", async ({
  page,
  browser,
  baseURL,
}) => {
  const email = await atAccount(page);
  await elsewhere(browser, baseURL, email, "/tasks");
  await page.reload();
  await expect(sessions(page)).toHaveCount(2);
  const asked: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/change-password|revoke-session$|delete-user/, async (route) => {
    asked.push(new URL(route.request().url()).pathname);
    await held;
    await route.abort();
  });

  await changePassword(page, password, nextPassword);
  const busy = page.getByRole("button", { name: "One moment" });
  await busy.click({ force: true });
  await page.getByLabel("New password").press("Enter");
  await expect(busy).toHaveAttribute("aria-disabled", "true");
  const end = sessions(page).last().getByRole("button");
  await end.click();
  await expect(end).toHaveAttribute("aria-disabled", "true");
  await end.click({ force: true });
  const dialog = await openDeletion(page, email);
  await dialog.getByLabel("Password").press("Enter");
  await dialog.getByLabel("Password").press("Enter");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  const once = ["change-password", "delete-user", "revoke-session"];
  await expect.poll(() => asked.toSorted()).toEqual(once.map((name) => `/api/auth/${name}`));

  release();
  await expect(dialog.getByRole("alert")).toHaveText(/cannot be reached/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("alert").filter({ hasText: "cannot be reached" })).toHaveCount(2);
});

test("a failing server is told from a sign-out, and nothing typed is lost", async ({ page }) => {
  const email = await atAccount(page);
  const list = "**/api/auth/list-sessions";
  await page.route(list, (route) => route.fulfill({ status: 503 }));
  await page.reload();
  await expect(page.getByText("Loading your sessions")).toBeVisible();
  const again = page.getByRole("button", { name: "Try again" });
  await expect(again).toBeVisible({ timeout: 15_000 });
  await page.unroute(list);
  await again.click();
  await expect(sessions(page)).toHaveCount(1);

  await page.route(/\/api\/auth\/(change|revoke|sign-out|delete)/, (route) =>
    route.fulfill({ status: 500, json: {} }),
  );
  await changePassword(page, password, nextPassword);
  const said = page.getByRole("alert").filter({ hasText: "could not do that" });
  await expect(said).toHaveCount(1);
  await expect(page.getByLabel("New password")).toHaveValue(nextPassword);
  await page.getByRole("button", { name: "Sign out everywhere", exact: true }).click();
  await expect(said).toHaveCount(2);
  await sessions(page).first().getByRole("button").click();
  await expect(page.getByRole("alert").filter({ hasText: "Not signed out" })).toBeVisible();
  const dialog = await openDeletion(page, email);
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(dialog.getByRole("alert")).toHaveText(/could not do that/);

  await page.unrouteAll();
  await page.route("**/api/auth/delete-user", (route) => route.fulfill({ status: 429 }));
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(dialog.getByRole("alert")).toHaveText(/Too many tries/);
  await expect(page).toHaveURL(/\/account$/);
});

test("in German, too", async ({ browser, baseURL }) => {
  const page = await (await browser.newContext({ baseURL, locale: "de-DE" })).newPage();
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("E-Mail-Adresse").fill(newEmail());
  await page.getByLabel("Passwort").fill(password);
  await page.getByRole("button", { name: "Konto anlegen" }).click();
  await expect(page).toHaveURL(/\/tasks$/);
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: "Sitzungen" })).toBeVisible();
  await expect(sessionsOf(page, "Sitzungen")).toContainText(/Chrome unter .*Diese hier/);
  await page.getByRole("button", { name: "Passwort ändern" }).click();
  await expect(page.getByText("Gib dein Passwort ein.")).toBeVisible();
});

const sessionsOf = (page: Page, name: string) =>
  page.getByRole("region", { name }).getByRole("listitem");
