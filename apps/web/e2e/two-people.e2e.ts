import { expect, type Page, test } from "@playwright/test";
import { createAccount, signIn, signOut, signUp } from "./people.ts";

// Two people, or one person twice, in the tabs of one browser, which share one cookie.
const quickAdd = (page: Page) => page.getByLabel("New task");

const keptDrafts = (page: Page) =>
  page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith("taskbridge.draft"))
      .map(([, text]) => text),
  );

/** Has what the other tabs say of the session heard only when `thaw` is called, as in a frozen tab. */
function frozen() {
  const { set } = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, "onmessage") ?? {};
  Object.defineProperty(BroadcastChannel.prototype, "onmessage", {
    set(this: BroadcastChannel, handle: (event: MessageEvent) => void) {
      const later = (event: MessageEvent) =>
        Object.assign(window, { thaw: () => handle.call(this, event) });
      set?.call(this, this.name.startsWith("taskbridge.session") ? later : handle);
    },
  });
}
const thaw = (page: Page) => page.evaluate("thaw()");
const hasHeard = (page: Page) => expect.poll(() => page.evaluate("'thaw' in window")).toBe(true);

test("a tab that hears late of a sign-out takes nothing of the next session", async ({
  page,
  context,
}) => {
  await page.addInitScript(frozen);
  const email = await signUp(page, "Ada");
  const other = await context.newPage();
  await other.goto("/tasks");
  await signOut(other);
  await expect(other).toHaveURL(/\/sign-in$/);
  await hasHeard(page);
  await signIn(other, email);
  await expect(other).toHaveURL(/\/tasks$/);
  await quickAdd(other).fill("Typed since");
  await expect.poll(() => keptDrafts(other)).toEqual(['"Typed since"']);

  const thawed = page.waitForEvent("load");
  await thaw(page);
  await thawed;
  await quickAdd(other).fill("Typed on");
  await expect.poll(() => keptDrafts(other)).toEqual(['"Typed on"']);
  await other.reload();
  await expect(quickAdd(other)).toHaveValue("Typed on");
});

test("whoever signs out of a page that is no longer theirs ends nobody else's session", async ({
  page,
  context,
}) => {
  await signUp(page, "Ada");
  const bobs = await context.newPage();
  // As in a tab that had the sign-in page open already.
  await createAccount(bobs, "Bob");
  await bobs.goto("/tasks");
  await quickAdd(bobs).fill("Bob's words");
  await expect.poll(() => keptDrafts(bobs)).toEqual(['"Bob\'s words"']);

  await signOut(page);
  await expect(page.getByRole("button", { name: "Account of Bob" })).toBeVisible();
  await bobs.reload();
  await expect(quickAdd(bobs)).toHaveValue("Bob's words");
});

test("what the address says of one person is nothing for the next one in the tab", async ({
  page,
  context,
  baseURL,
}) => {
  const ada = await signUp(page, "Ada");
  await page.goto("/tasks?tag=secret");
  await context.clearCookies();
  await page.reload();
  await expect(page).toHaveURL(/next=%2Ftasks%3Ftag%3Dsecret$/);
  await signIn(page, ada);
  await expect(page).toHaveURL(`${baseURL}/tasks?tag=secret`);
  await expect(page.getByRole("button", { name: "Account of Ada" })).toBeVisible();

  await context.clearCookies();
  // He has signed in in another tab; then she does in this one.
  await createAccount(page, "Bob");
  await page.reload();
  await expect(page).toHaveURL(`${baseURL}/tasks`);
  await page.goto("/tasks?tag=bobs");
  await context.clearCookies();
  await page.reload();
  await signIn(page, ada);
  await expect(page).toHaveURL(`${baseURL}/tasks`);
});
