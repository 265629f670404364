import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { createAccount, newEmail, password, signUp } from "./people.ts";

/** Presses Tab until something has the focus, as those have to who use no pointer. */
async function tabTo(page: Page, target: Locator) {
  const focused = () => target.evaluate((element) => element === document.activeElement);
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 40; presses += 1) {
    if (await focused()) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

async function signInByKeyboard(page: Page, email: string) {
  await tabTo(page, page.getByLabel("E-mail address"));
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type("another long passphrase");
  await page.keyboard.press("Enter");
}

async function chooseInMenu(page: Page, name: string) {
  await tabTo(page, named(page, "Account of Ada"));
  await page.keyboard.press("Enter");
  const item = page.getByRole("menuitem", { name, exact: true });
  await expect(item).toBeVisible();
  const chosen = () => item.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 12 && !(await chosen()); presses += 1) {
    await page.keyboard.press("ArrowDown");
  }
  await expect(item).toBeFocused();
  await page.keyboard.press("Enter");
}

const named = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

test("the whole life of an account, with the keyboard alone", async ({
  page,
  context,
  request,
  baseURL,
}) => {
  test.slow();
  const email = newEmail();
  await page.goto("/sign-up");
  await tabTo(page, page.getByLabel("Name"));
  await page.keyboard.type("Ada");
  await page.keyboard.press("Tab");
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${baseURL}/tasks`);

  // Another session, of somebody who uses no browser.
  await request.post("/api/auth/sign-in/email", {
    data: { email, password },
    headers: { Origin: String(baseURL) },
  });
  await chooseInMenu(page, "Account");
  await expect(page).toHaveURL(`${baseURL}/account`);
  const sessions = page.getByRole("region", { name: "Sessions" });
  await expect(sessions.getByRole("listitem")).toHaveCount(2);
  await tabTo(page, sessions.getByRole("listitem").last().getByRole("button"));
  await page.keyboard.press("Enter");
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Sessions" })).toBeFocused();
  await page.reload();

  await tabTo(page, page.getByLabel("Current password"));
  await page.keyboard.type(password);
  await page.keyboard.press("Tab");
  await page.keyboard.type("another long passphrase");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Your password is changed")).toBeVisible();

  await tabTo(page, named(page, "Sign out everywhere"));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${baseURL}/sign-in`);
  await page.goto("/tasks");
  await signInByKeyboard(page, email);
  await expect(page).toHaveURL(`${baseURL}/tasks`);
  await chooseInMenu(page, "Sign out");
  await expect(page).toHaveURL(`${baseURL}/sign-in`);

  await page.goto("/account");
  await signInByKeyboard(page, email);
  await expect(page).toHaveURL(`${baseURL}/account`);
  await tabTo(page, named(page, /^Delete my account/));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(named(page, /^Delete my account/)).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, dialog.getByLabel("type your e-mail address"));
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type("another long passphrase");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Your account is deleted")).toBeVisible();
  expect((await context.cookies()).filter(({ name }) => name.includes("session"))).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing, 320 px are enough and all can be touched: ${colorScheme}`, async ({
    browser,
    baseURL,
  }) => {
    // axe takes its time, and looks six times.
    test.slow();
    const viewport = { width: 320, height: 640 };
    const context = await browser.newContext({ baseURL, colorScheme, viewport, locale: "en-GB" });
    const page = await context.newPage();
    const foreign: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(String(baseURL))) foreign.push(request.url());
    });
    for (const path of ["/sign-in", "/sign-up", "/sign-up?account=deleted"]) {
      await page.goto(path);
      await expectAccessible(page);
      await expectTouchable(page);
    }
    await createAccount(page, `Ada ${"Lovelace".repeat(10)}`);
    await page.goto("/account");
    await expect(page.getByText("In use now")).toBeVisible();
    await expectAccessible(page);
    await expectTouchable(page);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Type your password.")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
    await expect(page.getByText("This is not your e-mail address.")).toBeVisible();
    await expectAccessible(page);
    await expectTouchable(page);
    expect(foreign).toEqual([]);
  });
}

/** Whatever can be pressed is at least 44 px high and wide; links inside a sentence may be as they are. */
async function expectTouchable(page: Page) {
  const small = await page
    .locator("button:visible, input:not([type=checkbox]):visible, main a:visible, header a:visible")
    .evaluateAll((elements) =>
      elements
        .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML }))
        .filter(({ box }) => box.height < 43.5 || box.width < 43.5)
        .map(({ box, html }) => [Math.round(box.width), Math.round(box.height), html]),
    );
  expect(small).toEqual([]);
}

test("the account page works where no inline script, style or eval is allowed", async ({
  page,
}) => {
  await signUp(page, "Ada");
  const violations: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) violations.push(message.text());
  });
  await page.goto("/account");
  await expect(page.getByText("In use now")).toBeVisible();
  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByLabel("Current password").fill(password);
  await page.getByLabel("New password").fill(`${password}!`);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed")).toBeVisible();
  expect(violations).toEqual([]);
});
