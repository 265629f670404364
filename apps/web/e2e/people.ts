import { expect, type Page } from "@playwright/test";

export const password = "a long passphrase";

let people = 0;
export const newEmail = () => `person-${process.pid}-${people++}-${Date.now()}@example.com`;

/** Signs somebody up on the page, and ends on their empty list. */
export async function signUp(page: Page, name: string): Promise<string> {
  const email = newEmail();
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Nothing to do. Add a task above.")).toBeVisible();
  await atWork(page);
  return email;
}

/** Waits until the task page answers to keys: the list that the server draws is there before. */
export async function atWork(page: Page) {
  await expect(async () => {
    await page.keyboard.press("n");
    await expect(page.getByLabel("New task")).toBeFocused({ timeout: 100 });
  }).toPass();
}

export async function signIn(page: Page, email: string, secret = password) {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function signOut(page: Page) {
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}

/** The row of a task. */
export const row = (page: Page, title: string) =>
  page
    .getByRole("main")
    .getByRole("listitem")
    .filter({
      has: page.getByRole("checkbox", { name: `Completed: ${title}`, exact: true }),
    });

export const tick = (page: Page, title: string) =>
  page.getByRole("checkbox", { name: `Completed: ${title}`, exact: true });

/** Adds a task by a line, and waits until it is shown; its title is the line unless one is named. */
export async function addTask(page: Page, line: string, title = line) {
  await page.getByLabel("New task").fill(line);
  await page.getByLabel("New task").press("Enter");
  await expect(tick(page, title)).toBeVisible();
}

/** Waits until the server knows all that was done. */
export async function allSent(page: Page) {
  await expect
    .poll(() =>
      page.evaluate(
        () => Object.keys(localStorage).filter((key) => key.startsWith("taskbridge.outbox")).length,
      ),
    )
    .toBe(0);
}
