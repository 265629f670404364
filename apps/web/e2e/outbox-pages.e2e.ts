import { type BrowserContext, expect, type Page, type Route, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import {
  addTask,
  allSent,
  row,
  signIn,
  signOut,
  signUpWith,
  inEnglish as t,
  tick,
} from "./people.ts";

// Several pages of one person in one browser: what is unsent is the account's, whichever page it is from.

const calls = "**/api/trpc/**";
const onlyPosts = (handle: (route: Route) => unknown) => async (route: Route) => {
  if (route.request().method() === "POST") await handle(route);
  else await route.continue();
};
/** No change of this page gets anywhere. */
const cutOff = (page: Page) =>
  page.route(
    calls,
    onlyPosts((route) => route.abort()),
  );

async function openTasks(context: BrowserContext, title: string) {
  const page = await context.newPage();
  await page.goto("/tasks");
  await expect(tick(page, title)).toBeVisible();
  return page;
}

const question = (page: Page) => page.getByRole("dialog", { name: t("outbox.signOutTitle") });

/** Another browser of the same person, which tells this one nothing. */
async function elsewhere(page: Page, title: string) {
  const context = await page
    .context()
    .browser()
    ?.newContext({
      baseURL: new URL(page.url()).origin,
      storageState: await page.context().storageState(),
    });
  if (!context) throw new Error("There is a browser.");
  return openTasks(context, title);
}

async function deleteAt(page: Page, title: string) {
  await row(page, title).hover();
  await page.getByRole("button", { name: t("tasks.delete", { title }) }).click();
  await expect(tick(page, title)).toHaveCount(0);
  await allSent(page);
}

test("what a page left unsent that was closed offline is sent by the one that is still there", async ({
  page,
  context,
}) => {
  await signUpWith(page, "Known");
  const closed = await openTasks(context, "Known");
  await context.setOffline(true);
  await addTask(closed, "Written in the tunnel");
  await tick(closed, "Known").click();
  // The one that stays knows of it at once.
  await expect(tick(page, "Written in the tunnel")).toBeVisible();
  await expect(page.getByText(t("outbox.waiting", { count: 2 }))).toBeVisible();
  await closed.close();
  await context.setOffline(false);
  await allSent(page);
  await expect(page.getByRole("link", { name: "Open 1" })).toBeVisible();
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("what a page cannot send, another one that is alive does", async ({ page, context }) => {
  await signUpWith(page, "Known");
  const other = await openTasks(context, "Known");
  await cutOff(page);
  await addTask(page, "Sent by the other");
  await expect(tick(other, "Sent by the other")).toBeVisible();
  await allSent(page);
  await expect(tick(page, "Sent by the other")).toHaveCount(1);
  await page.reload();
  await expect(tick(page, "Sent by the other")).toHaveCount(1);
});

test("a page that is closed while it sends leaves it to the others, and nothing is made twice", async ({
  page,
  context,
}) => {
  await signUpWith(page, "Known");
  const closed = await openTasks(context, "Known");
  let arrived = () => {};
  const created = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  await closed.route("**/api/trpc/task.create*", async (route) => {
    await route.fetch();
    arrived();
  });
  await addTask(closed, "Half sent");
  await created;
  await closed.close();
  await allSent(page);
  await page.reload();
  await expect(tick(page, "Half sent")).toHaveCount(1);
});

test("a page that is frozen while it sends is passed over, and counts when somebody signs out", async ({
  page,
  context,
}) => {
  test.slow();
  await signUpWith(page, "Known");
  const frozen = await openTasks(context, "Known");
  // It is never answered.
  let asked = () => {};
  const sent = new Promise<void>((resolve) => {
    asked = resolve;
  });
  await frozen.route(calls, onlyPosts(asked));
  await addTask(frozen, "Under way");
  await sent;
  // A dialog of the browser's own holds the page as well as its freezer does.
  const shown = frozen.waitForEvent("dialog");
  const held = frozen.evaluate(() => window.alert("Stand still."));
  const dialog = await shown;

  await cutOff(page);
  await expect(tick(page, "Under way")).toBeVisible();
  await signOut(page);
  await expect(question(page)).toContainText(t("outbox.signOutText", { count: 1 }));
  await page.keyboard.press("Escape");
  await page.unrouteAll();
  await expect
    .poll(() => page.evaluate(() => JSON.stringify(localStorage)), { timeout: 45_000 })
    .not.toContain("taskbridge.outbox");
  await page.reload();
  await expect(tick(page, "Under way")).toHaveCount(1);
  await dialog.dismiss();
  await held;
  await expect(tick(frozen, "Under way")).toHaveCount(1);
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("signing out asks for what another page has in conflict, and that page shows nothing after it", async ({
  page,
  context,
}) => {
  await signUpWith(page, "Shared");
  const other = await elsewhere(page, "Shared");
  const second = await openTasks(context, "Shared");
  const edit = async (at: Page, text: string) => {
    await at.getByRole("button", { name: t("tasks.edit", { title: "Shared" }) }).click();
    await at.getByRole("textbox", { name: t("field.title") }).fill(text);
  };
  await edit(second, "Mine");
  await edit(other, "Theirs");
  await other.getByRole("button", { name: t("editor.save") }).click();
  await allSent(other);
  await second.getByRole("button", { name: t("editor.save") }).click();
  // Both pages show it.
  for (const at of [second, page]) await expect(at.getByText(t("conflict.text"))).toBeVisible();
  await signOut(page);
  await expect(question(page)).toContainText(t("outbox.signOutText", { count: 1 }));
  await page.getByRole("button", { name: t("outbox.signOutAnyway") }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(second).toHaveURL(/\/sign-in/);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("Mine");
  await other.context().close();
});

test("who agreed to lose something is asked again for what another page has added since", async ({
  page,
  context,
}) => {
  await signUpWith(page, "Milk");
  const second = await openTasks(context, "Milk");
  for (const at of [page, second]) await cutOff(at);
  await addTask(second, "Asked for");
  await signOut(page);
  await expect(question(page)).toContainText(t("outbox.signOutText", { count: 1 }));
  await addTask(second, "Added since");
  await page.getByRole("button", { name: t("outbox.signOutAnyway") }).click();
  await expect(question(page)).toContainText(t("outbox.signOutText", { count: 2 }));
  await page.getByRole("button", { name: t("outbox.signOutAnyway") }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/Asked|Added/);
});

test("while a sign-out is under way its page takes nothing, and what another one takes stays", async ({
  page,
  context,
}) => {
  const email = await signUpWith(page, "Milk");
  const second = await openTasks(context, "Milk");
  for (const at of [page, second]) await cutOff(at);
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/auth/sign-out", async (route) => {
    await answered;
    await route.continue();
  });
  await signOut(page);
  const ending = page.getByRole("dialog", { name: t("account.signingOut") });
  await expect(ending).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(ending).toBeVisible();
  await addTask(second, "Added late");
  await second.getByLabel(t("quickAdd.label")).fill("Typed late");
  answer();
  for (const at of [page, second]) await expect(at).toHaveURL(/\/sign-in/);
  await second.close();
  await page.unrouteAll();
  await signIn(page, email);
  await expect(tick(page, "Added late")).toBeVisible();
  await expect(page.getByLabel(t("quickAdd.label"))).toHaveValue("Typed late");
  await allSent(page);
});

test("a conflict that one page settles is settled on the others", async ({ page, context }) => {
  await signUpWith(page, "Shared");
  const other = await elsewhere(page, "Shared");
  const second = await openTasks(context, "Shared");
  for (const [at, text] of [
    [second, "Mine"],
    [other, "Theirs"],
  ] as const) {
    await at.getByRole("button", { name: t("tasks.edit", { title: "Shared" }) }).click();
    await at.getByRole("textbox", { name: t("field.title") }).fill(text);
  }
  for (const at of [other, second]) {
    await at.getByRole("button", { name: t("editor.save") }).click();
    if (at === other) await allSent(other);
  }
  await page.getByRole("button", { name: t("conflict.keepMine") }).click();
  await allSent(page);
  for (const at of [page, second]) {
    await expect(at.getByText(t("conflict.text"))).toHaveCount(0);
    await expect(tick(at, "Mine")).toBeVisible();
  }
  await other.context().close();
});

test("a page of the version before keeps what is its own, and what it left is taken over", async ({
  page,
}) => {
  await signUpWith(page, "Known");
  const user = await page.evaluate(async () => {
    const { token } = await (await fetch("/api/auth/token")).json();
    return JSON.parse(atob(token.split(".")[1])).user_id as string;
  });
  await page.evaluate((id) => {
    const at = "2026-12-01T00:00:00.000Z";
    const task = {
      ...{ id: "local-x", title: "Left by an older page", notes: "", dueDate: null, tags: [] },
      ...{ priority: "none", completed: false, completedAt: null, version: 1 },
      ...{ createdAt: at, updatedAt: at },
    };
    const changes = [{ id: "00000000-0000-4000-8000-000000000001", kind: "create", task }];
    localStorage.setItem(
      `taskbridge.outbox.${id}.k3j2`,
      JSON.stringify({ changes, conflicts: [] }),
    );
  }, user);
  await page.reload();
  await allSent(page);
  await expect(tick(page, "Left by an older page")).toHaveCount(1);
});

test("completing a task that was deleted elsewhere takes it away, says so, and offers it back", async ({
  page,
}) => {
  await signUpWith(page, "Gone by now");
  const other = await elsewhere(page, "Gone by now");
  await deleteAt(other, "Gone by now");
  await tick(page, "Gone by now").click();
  const messages = page.getByRole("region", { name: t("toast.region") });
  const said = messages.getByText(t("tasks.deletedElsewhere", { title: "Gone by now" }));
  await expect(said).toBeVisible();
  await expect(messages.getByText(t("error.retry"))).toHaveCount(0);
  await expect(tick(page, "Gone by now")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Open", exact: true })).toBeVisible();
  await expectAccessible(page);
  await messages.getByRole("button", { name: t("tasks.restore") }).click();
  await expect(tick(page, "Gone by now")).toBeVisible();
  await allSent(page);
  await page.reload();
  await expect(tick(page, "Gone by now")).toBeVisible();
  await other.context().close();
});

test("what was typed for a task that was deleted elsewhere is kept until somebody has looked at it", async ({
  page,
}) => {
  await signUpWith(page, "Gone by now");
  const other = await elsewhere(page, "Gone by now");
  await page.getByRole("button", { name: t("tasks.edit", { title: "Gone by now" }) }).click();
  await page.getByLabel(t("field.notes")).fill("A long thought");
  await deleteAt(other, "Gone by now");
  await page.getByRole("button", { name: t("editor.save") }).click();
  const panel = page.getByRole("alert").filter({ hasText: t("conflict.goneText") });
  await expect(panel).toContainText("A long thought");
  await page.reload();
  await expect(panel).toContainText("A long thought");
  await expectAccessible(page);
  await panel.getByRole("button", { name: t("conflict.restore") }).click();
  await expect(row(page, "Gone by now")).toContainText("A long thought");
  await allSent(page);
  await page.reload();
  await expect(row(page, "Gone by now")).toContainText("A long thought");
  await other.context().close();
});
