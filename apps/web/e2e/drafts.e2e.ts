import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import {
  addTask,
  allSent,
  atWork,
  ownAccess,
  row,
  signIn,
  signOut,
  signUp,
  signUpWith,
  tick,
} from "./people.ts";

const form = (page: Page, title: string) => page.getByRole("form", { name: `Edit: ${title}` });
const notes = (page: Page, title: string) => form(page, title).getByLabel("Notes");
/** What the editor says of the task itself. */
const said = (page: Page, title: string, text: string) =>
  form(page, title).getByRole("status").filter({ hasText: text });
const goOn = (page: Page, title: string) =>
  page.getByRole("main").getByRole("button", { name: `Go on editing: ${title}` });
const messages = (page: Page) => page.getByRole("region", { name: "Messages" });
const quickAdd = (page: Page) => page.getByLabel("New task");

const drafts = (page: Page) =>
  page.evaluate(() =>
    Object.keys(localStorage).filter((key) => key.startsWith("taskbridge.draft")),
  );

/** Opens a task and types into its notes. */
async function typeNotes(page: Page, title: string, text: string) {
  await page.getByRole("button", { name: `Edit: ${title}`, exact: true }).click();
  await notes(page, title).fill(text);
}

/** Asks the API as whoever is signed in on the page. */
async function ask(page: Page, method: string, path: string, data?: object) {
  const { headers, tasks } = await ownAccess(page);
  const answer = await page.request.fetch(tasks + path, { method, headers, ...(data && { data }) });
  return answer.status() === 204 ? null : answer.json();
}

async function idOf(page: Page, title: string): Promise<string> {
  const { items } = await ask(page, "GET", "");
  return items.find((task: { title: string }) => task.title === title).id;
}

test("what is typed into a task survives Escape, a reload and another list, until it is saved", async ({
  page,
}) => {
  await signUpWith(page, "Milk");
  await typeNotes(page, "Milk", "Two bottles");
  await page.keyboard.press("Escape");
  await expect(messages(page).getByText("Not saved yet, but kept: Milk")).toBeVisible();
  await expect(goOn(page, "Milk")).toBeVisible();
  await expectAccessible(page);
  await messages(page).getByRole("button", { name: "Go on editing" }).click();
  await expect(notes(page, "Milk")).toHaveValue("Two bottles");
  await expect(goOn(page, "Milk")).toHaveCount(0);

  await page.reload();
  await goOn(page, "Milk").click();
  await expect(notes(page, "Milk")).toHaveValue("Two bottles");
  await page.goto("/tasks?view=completed");
  await goOn(page, "Milk").click();
  await expect(notes(page, "Milk")).toHaveValue("Two bottles");
  await form(page, "Milk").getByRole("button", { name: "Save" }).click();
  await allSent(page);
  expect(await drafts(page)).toEqual([]);
  await page.goto("/tasks");
  await expect(row(page, "Milk")).toContainText("Two bottles");
  await expect(goOn(page, "Milk")).toHaveCount(0);
});

test("nothing is kept, or said, of a form in which nothing was typed", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Milk");
  await typeNotes(page, "Milk", "x");
  await notes(page, "Milk").fill("");
  await page.keyboard.press("Escape");
  await expect(tick(page, "Milk")).toBeFocused();
  expect(await drafts(page)).toEqual([]);
  await expect(page.getByText(/Not saved yet/)).toHaveCount(0);
});

test("what is thrown away comes back by one undo", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Milk");
  await typeNotes(page, "Milk", "Two bottles");
  await form(page, "Milk").getByRole("button", { name: "Cancel" }).click();
  await expect(messages(page).getByText("Discarded: Milk")).toBeVisible();
  expect(await drafts(page)).toEqual([]);
  await messages(page).getByRole("button", { name: "Undo" }).click();
  await expect(notes(page, "Milk")).toHaveValue("Two bottles");

  await page.reload();
  await page.getByRole("main").getByRole("button", { name: "Discard: Milk" }).click();
  await expect(goOn(page, "Milk")).toHaveCount(0);
  await messages(page).getByRole("button", { name: "Undo" }).click();
  await expect(goOn(page, "Milk")).toBeVisible();
});

test("what is typed comes back with a task whose deletion is undone", async ({ page }) => {
  await signUp(page, "Ada");
  await addTask(page, "Milk");
  await typeNotes(page, "Milk", "Two bottles");
  await form(page, "Milk").getByRole("button", { name: "Delete" }).click();
  await messages(page).getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "Milk")).toContainText("Two bottles");
});

test("a new task that is being written survives a reload and another page", async ({
  page,
  context,
}) => {
  await signUp(page, "Ada");
  await quickAdd(page).fill("Call Grace");
  await page.reload();
  await expect(quickAdd(page)).toHaveValue("Call Grace");
  await page.getByRole("link", { name: "Recently deleted" }).click();
  await expect(quickAdd(page)).toHaveCount(0);
  await page.goBack();
  await expect(quickAdd(page)).toHaveValue("Call Grace");
  await page.goto("/account");
  await page.goBack();
  await expect(quickAdd(page)).toHaveValue("Call Grace");

  // It is another page's for as long as that page lives, and anybody's after that.
  const other = await context.newPage();
  await other.goto("/tasks");
  await atWork(other);
  await expect(quickAdd(other)).toHaveValue("");
  await page.close();
  await other.reload();
  await expect(quickAdd(other)).toHaveValue("Call Grace");
  await quickAdd(other).press("Enter");
  await expect(tick(other, "Call Grace")).toBeVisible();
  expect(await drafts(other)).toEqual([]);
  await other.reload();
  await expect(quickAdd(other)).toHaveValue("");
});

test("after the session has ended, sign-in says so and what is kept, and it is there again", async ({
  page,
  context,
}) => {
  const email = await signUpWith(page, "Milk");
  await typeNotes(page, "Milk", "Two bottles");
  await quickAdd(page).fill("Call Grace");
  await context.clearCookies();
  await page.reload();
  const said = page.getByRole("status");
  await expect(said).toContainText("Your session has ended");
  await expect(said).toContainText("2 texts that you had not saved");
  await expectAccessible(page);
  await signIn(page, email);
  await expect(quickAdd(page)).toHaveValue("Call Grace");
  await goOn(page, "Milk").click();
  await expect(notes(page, "Milk")).toHaveValue("Two bottles");
});

test("signing out asks about what is not saved, and leaves nothing of it, in no tab", async ({
  page,
  context,
}) => {
  await signUpWith(page, "Milk");
  await typeNotes(page, "Milk", "Ada's secret");
  const other = await context.newPage();
  await other.goto("/tasks");
  await atWork(other);
  await signOut(other);
  const question = other.getByRole("dialog", { name: "Not everything is saved yet" });
  await expect(question).toContainText("1 text that you typed is not saved");
  await expectAccessible(other);
  await question.getByRole("button", { name: "Sign out and lose it" }).click();
  await expect(other).toHaveURL(/\/sign-in$/);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("secret");
  await expect(page.getByText("Your session has ended")).toHaveCount(0);
});

test("of two tabs with one task neither throws away what the other shows", async ({
  page,
  context,
}) => {
  await signUpWith(page, "Milk");
  await typeNotes(page, "Milk", "Typed here");
  const other = await context.newPage();
  await other.goto("/tasks");
  await expect(tick(other, "Milk")).toBeVisible();
  // It is being typed elsewhere: there is nothing to go on with.
  await expect(goOn(other, "Milk")).toHaveCount(0);
  await other.getByRole("button", { name: "Edit: Milk", exact: true }).click();
  await expect(notes(other, "Milk")).toHaveValue("Typed here");
  await form(other, "Milk").getByRole("button", { name: "Cancel" }).click();
  await expect(tick(other, "Milk")).toBeVisible();
  await page.reload();
  await goOn(page, "Milk").click();
  await expect(notes(page, "Milk")).toHaveValue("Typed here");
});

test("what others have changed meanwhile is said, and asked about where it is the same field", async ({
  page,
}) => {
  await signUpWith(page, "Milk");
  await typeNotes(page, "Milk", "Mine");
  await page.keyboard.press("Escape");
  await ask(page, "PATCH", `/${await idOf(page, "Milk")}`, { notes: "Theirs", priority: "high" });
  await page.reload();
  await goOn(page, "Milk").click();
  await expect(said(page, "Milk", "Changed elsewhere meanwhile")).toBeVisible();
  await form(page, "Milk").getByRole("button", { name: "Save" }).click();
  const conflict = page.getByRole("alert").filter({ hasText: "there “Theirs”, here “Mine”" });
  await conflict.getByRole("button", { name: "Keep mine" }).click();
  await expect(row(page, "Milk")).toContainText("Mine");
  await expect(row(page, "Milk")).toContainText("High priority");
});

test("what was typed into a task that others have deleted is saved as a new one", async ({
  page,
}) => {
  await signUpWith(page, "Milk");
  await typeNotes(page, "Milk", "Two bottles");
  await page.keyboard.press("Escape");
  await ask(page, "DELETE", `/${await idOf(page, "Milk")}`);
  await page.reload();
  await goOn(page, "Milk").click();
  await expect(said(page, "Milk", "is not there any more")).toBeVisible();
  await form(page, "Milk").getByRole("button", { name: "Save" }).click();
  await expect(row(page, "Milk")).toContainText("Two bottles");
  await allSent(page);
  expect(await drafts(page)).toEqual([]);
});

test("a browser without room says so and does not let the page go unasked", async ({ page }) => {
  await signUpWith(page, "Milk");
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await typeNotes(page, "Milk", "Two bottles");
  await expect(form(page, "Milk").getByRole("alert")).toContainText("no room to keep");
  await page.keyboard.press("Escape");
  await goOn(page, "Milk").click();
  await expect(notes(page, "Milk")).toHaveValue("Two bottles");

  const asked = page.waitForEvent("dialog");
  const gone = page.goto("/account").catch(() => {});
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await gone;
  await expect(notes(page, "Milk")).toHaveValue("Two bottles");
  const saved = page.waitForResponse(/task\.update/);
  await form(page, "Milk").getByRole("button", { name: "Save" }).click();
  await (await saved).finished();
  let isAsked = false;
  page.on("dialog", (next) => {
    isAsked = true;
    void next.accept();
  });
  await page.goto("/account");
  expect(isAsked).toBe(false);
});

test("a field that was not touched is not sent", async ({ page }) => {
  await signUp(page, "Ada");
  const odd = { title: "Odd", notes: "One\r\nTwo  ", tags: ["home, garden", "#1"] };
  await ask(page, "POST", "", odd);
  await page.reload();
  await page.getByRole("button", { name: "Edit: Odd" }).click();
  const sent = page.waitForRequest(/task\.update/);
  await form(page, "Odd").getByLabel("Priority").selectOption("High");
  await form(page, "Odd").getByRole("button", { name: "Save" }).click();
  const body = (await sent).postData() ?? "";
  expect(body).toContain('"priority":"high"');
  for (const field of ["title", "notes", "tags", "dueDate"]) expect(body).not.toContain(field);
  await allSent(page);

  await page.getByRole("button", { name: "Edit: Odd" }).click();
  const tags = form(page, "Odd").getByLabel("Tags");
  await tags.fill(`${await tags.inputValue()}, new`);
  await form(page, "Odd").getByRole("button", { name: "Save" }).click();
  await allSent(page);
  const { items } = await ask(page, "GET", "");
  expect(items[0]).toMatchObject({ ...odd, tags: [...odd.tags, "new"], priority: "high" });
});
