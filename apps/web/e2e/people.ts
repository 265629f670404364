import { expect, type Locator, type Page } from "@playwright/test";
import { de } from "../src/strings/de.ts";
import { en } from "../src/strings/en.ts";
import { createTranslate, type Key, type Translate } from "../src/strings/translate.ts";

export const password = "a long passphrase";

/** The pages' own sentences: what is looked for is what they say, in whichever language. */
export const inEnglish = createTranslate(en, "en-GB");
export const inGerman = createTranslate(de, "de-DE");

/** A sentence with whatever is in the places of its values. */
export function pattern(t: Translate, key: Key): RegExp {
  const anything = new Proxy({}, { get: () => "\u0000" });
  const text = (t as (key: Key, values: object) => string)(key, anything);
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("\u0000", ".*"));
}

/** Presses it once the page's script has taken it over, which React marks: before, a press is nobody's. */
export async function press(button: Locator) {
  const taken = () =>
    button.evaluate((element) => Object.keys(element).some((key) => key.startsWith("__react")));
  await expect.poll(taken).toBe(true);
  await button.click();
}

let people = 0;
export const newEmail = () => `person-${process.pid}-${people++}-${Date.now()}@example.com`;

/** Makes an account, past the page, and signs the browser in to it. Returns its address. */
export async function createAccount(page: Page, name: string): Promise<string> {
  const email = newEmail();
  const headers = { Origin: new URL(process.env.APP_URL ?? "http://localhost:3000").origin };
  const data = { name, email, password };
  const created = await page.request.post("/api/auth/sign-up/email", { headers, data });
  expect(created.status()).toBe(200);
  return email;
}

/** Has somebody new signed in, on their empty list. */
export async function signUp(page: Page, name: string, t = inEnglish): Promise<string> {
  const email = await createAccount(page, name);
  await page.goto("/tasks");
  await onEmptyList(page, t);
  return email;
}

/** Signs somebody new up by the form, which ends on their empty list. */
export async function signUpByForm(page: Page, name: string, t = inEnglish): Promise<string> {
  const email = newEmail();
  await page.goto("/sign-up");
  await page.getByLabel(t("auth.name"), { exact: true }).fill(name);
  await page.getByLabel(t("auth.email")).fill(email);
  await page.getByLabel(t("auth.password")).fill(password);
  await press(page.getByRole("button", { name: t("auth.createAccount") }));
  await onEmptyList(page, t);
  return email;
}

async function onEmptyList(page: Page, t: Translate) {
  await expect(page.getByText(t("tasks.empty.open"))).toBeVisible();
  await atWork(page, t);
}

/** Waits until the task page answers to keys: the list that the server draws is there before. */
export async function atWork(page: Page, t = inEnglish) {
  const quickAdd = page.getByLabel(t("quickAdd.label"));
  await expect(async () => {
    await page.keyboard.press("n");
    await expect(quickAdd).toBeFocused({ timeout: 100 });
  }).toPass();
  // It may have been focused when it was told to be once more.
  await quickAdd.fill("");
  await quickAdd.blur();
}

/** Has the browser ask for a list: the first one came with the page. */
export async function goToCompleted(page: Page, t = inEnglish) {
  await atWork(page, t);
  await page.keyboard.press("Control+k");
  const go = t("palette.go", { view: t("view.completed") });
  await page.getByPlaceholder(t("palette.placeholder")).fill(go);
  await page.getByRole("option", { name: go }).click();
}

export async function signIn(page: Page, email: string, secret = password, t = inEnglish) {
  await page.getByLabel(t("auth.email")).fill(email);
  await page.getByLabel(t("auth.password")).fill(secret);
  await press(page.getByRole("button", { name: t("auth.signIn") }));
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

export const tick = (page: Page, title: string, t = inEnglish) =>
  page.getByRole("checkbox", { name: t("tasks.complete", { title }), exact: true });

/** Adds a task by a line, and waits until it is shown; its title is the line unless one is named. */
export async function addTask(page: Page, line: string, title = line, t = inEnglish) {
  await page.getByLabel(t("quickAdd.label")).fill(line);
  await page.getByLabel(t("quickAdd.label")).press("Enter");
  await expect(tick(page, title, t)).toBeVisible();
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

/** Somebody new with these tasks, which the server knows. */
export async function signUpWith(page: Page, ...titles: string[]): Promise<string> {
  const email = await signUp(page, "Ada");
  for (const title of titles) await addTask(page, title);
  await allSent(page);
  return email;
}

/** What the browser keeps of somebody's tasks, as text. */
export const kept = (page: Page) =>
  page.evaluate(() => localStorage.getItem("taskbridge.tasks") ?? "");

/** Waits until the page can be loaded without a network, and a task of this title with it. */
export async function readyForOffline(page: Page, title: string) {
  await expect.poll(() => kept(page)).toContain(title);
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state))
    .toBe("activated");
}

/** What the worker has would be seen by no `page.route`: it goes, until the next page is idle. */
export const removeWorker = (page: Page) =>
  page.evaluate(async () => {
    for (const worker of await navigator.serviceWorker.getRegistrations())
      await worker.unregister();
  });

/** How often the page asks for an access token from now on. */
export function countTokens(page: Page): () => number {
  let count = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/api/auth/token")) count += 1;
  });
  return () => count;
}

/** What a call of the API takes that is made past the page, with the page's own token. */
export async function ownAccess(page: Page) {
  const { token } = await (await page.request.get("/api/auth/token")).json();
  const headers = { Authorization: `Bearer ${token}` };
  const whoami = await page.request.get("/api/trpc/session.whoami", { headers });
  const { result } = await whoami.json();
  return { headers, tasks: `/api/${result.data.userId}/tasks` };
}

/** Gives whoever is signed in these tasks, as another program of theirs would; the page has not heard of them. */
export async function importTasks(page: Page, tasks: readonly (string | object)[]) {
  const { headers, tasks: path } = await ownAccess(page);
  const data = tasks.map((task) => (typeof task === "string" ? { title: task } : task));
  const answer = await page.request.post(`${path}/import`, { headers, data });
  expect(answer.status()).toBe(200);
}

/** Chooses a file in the dialog that imports: what is in it is shown, and nothing is sent. */
export async function chooseFile(page: Page, name: string, content: string | Uint8Array) {
  const buffer = Buffer.from(content);
  const input = page.locator("input[type=file]");
  await input.setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}

/** Imports so many tasks of the file that was chosen. */
export const confirmImport = (page: Page, count: number, t = inEnglish) =>
  page.getByRole("button", { name: t("transfer.begin", { count }), exact: true }).click();
