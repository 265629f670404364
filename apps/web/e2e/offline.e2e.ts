import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { freePort, scratchDir, startApp } from "../test/support/start-app.ts";
import {
  addTask,
  allSent,
  kept,
  password,
  readyForOffline,
  row,
  signIn,
  signOut,
  signUp,
  tick,
} from "./people.ts";

/** All that the browser stores for the site, as text. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const parts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        parts.push(request.url, (await (await cache.match(request))?.text()) ?? "");
      }
    }
    parts.push(JSON.stringify(await indexedDB.databases()));
    return parts.join("\n");
  });

async function personWith(page: Page, name: string, ...lines: string[]) {
  const email = await signUp(page, name);
  for (const line of lines) await addTask(page, line, line.split(" #")[0]);
  await allSent(page);
  await readyForOffline(page, lines.at(-1)?.split(" #")[0] ?? "");
  return email;
}

const titles = (page: Page) =>
  page
    .getByRole("main")
    .getByRole("checkbox", { name: /^Completed: / })
    .evaluateAll((boxes) => boxes.map((box) => box.getAttribute("aria-label")));

test("a reload while offline shows what is known and what waits, and what is done then is sent in order", async ({
  page,
  context,
}) => {
  await personWith(page, "Ada", "Known before", "To be ticked", "At home #home");
  await context.setOffline(true);
  await addTask(page, "Added before the reload");
  const answered = await page.reload();
  expect(answered?.fromServiceWorker()).toBe(true);
  await expect(page.getByText(/You are offline/)).toContainText("1 change is waiting");
  for (const title of ["Known before", "To be ticked", "At home", "Added before the reload"]) {
    await expect(tick(page, title)).toBeVisible();
  }
  await expect(page.getByRole("button", { name: "Account of Ada" })).toBeVisible();

  await page.getByRole("button", { name: "Edit: Known before" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Known and edited");
  await page.getByRole("textbox", { name: "Title" }).press("Enter");
  await tick(page, "To be ticked").click();
  await addTask(page, "Added after it tomorrow !high", "Added after it");
  await expect(row(page, "Added after it")).toContainText("Tomorrow");
  await expect(page.getByText("4 changes are waiting")).toBeVisible();

  // Another fresh load, of another view.
  await page.goto("/tasks?view=completed");
  await expect(tick(page, "To be ticked")).toBeVisible();
  await page.goto("/tasks?tag=home");
  await expect(tick(page, "At home")).toBeVisible();
  await expect(tick(page, "Added after it")).toHaveCount(0);
  await expect(page.getByText("4 changes are waiting")).toBeVisible();

  const sent: string[] = [];
  page.on("request", (request) => {
    const call = /task\.(create|update|delete)/.exec(request.url());
    if (call) sent.push(request.postData() ?? "");
  });
  await context.setOffline(false);
  await allSent(page);
  await expect(page.getByText(/You are offline|cannot be reached/)).toHaveCount(0);
  const order = [
    "Added before the reload",
    "Known and edited",
    '"completed":true',
    "Added after it",
  ];
  const places = order.map((text) => sent.join("\n").indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThanOrEqual(0);

  const online = await page.goto("/tasks?sort=created&order=asc");
  expect(online?.headers()["cache-control"]).toContain("no-store");
  await expect(tick(page, "Added after it")).toBeVisible();
  expect(await titles(page)).toEqual(
    ["Known and edited", "At home", "Added before the reload", "Added after it"].map(
      (title) => `Completed: ${title}`,
    ),
  );
});

test("with the server stopped it is the same, and whatever the server answers is what is shown", async ({
  page,
}) => {
  test.slow();
  const dir = await scratchDir();
  const settings = { DATA_DIR: dir.path, PORT: String(await freePort()) };
  let app = await startApp(settings);
  try {
    await page.goto(`${app.url}/sign-up`);
    await signUpAt(page, app.url);
    await addTask(page, "Known before");
    await allSent(page);
    await readyForOffline(page, "Known before");
    await app.stop();

    await page.reload();
    await expect(tick(page, "Known before")).toBeVisible();
    await expect(page.getByText(/The server cannot be reached/)).toBeVisible();
    await addTask(page, "Written meanwhile");
    await expect(page.getByText("1 change is waiting")).toBeVisible();
    await page.reload();
    await expect(tick(page, "Written meanwhile")).toBeVisible();

    app = await startApp(settings);
    await page
      .getByRole("button", { name: "Try now" })
      .click({ timeout: 3_000 })
      .catch(() => {});
    await allSent(page);
    // A call that was still trying may have found nobody a moment before.
    await expect(page.getByText(/The server cannot be reached/)).toHaveCount(0, {
      timeout: 20_000,
    });
    const answered = await page.reload();
    expect(answered?.headers()["content-security-policy"]).toContain("worker-src 'self'");
    await expect(tick(page, "Written meanwhile")).toHaveCount(1);

    // Nobody is signed in: the server's answer is a redirect, and that is what counts.
    await page.context().clearCookies();
    await page.reload();
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await expect.poll(() => kept(page)).toBe("");
  } finally {
    await app.stop();
    await dir.remove();
  }
});

async function signUpAt(page: Page, origin: string) {
  await page.getByLabel("Name", { exact: true }).fill("Ada");
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(`${origin}/tasks`);
  await expect(page.getByText("Nothing to do. Add a task above.")).toBeVisible();
}

test("a sign-out leaves nothing, in no tab, and offline there is nothing to see", async ({
  page,
  context,
}) => {
  await personWith(page, "Ada", "Ada's secret");
  const other = await context.newPage();
  await other.goto("/tasks");
  await expect(tick(other, "Ada's secret")).toBeVisible();
  await readyForOffline(other, "Ada's secret");
  // The other tab has something to keep when it goes.
  await addTask(other, "Ada's other secret");
  await allSent(other);
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(other).toHaveURL(/\/sign-in\?/);
  expect(await stored(page)).not.toContain("secret");
  await expectNothingOffline(page, context);
});

async function expectNothingOffline(page: Page, context: BrowserContext) {
  await context.setOffline(true);
  await page.goto("/tasks");
  await expect(page.getByText(/This browser keeps no tasks of yours/)).toBeVisible();
  await expect(page.getByText(/secret|Account of/)).toHaveCount(0);
  expect(await stored(page)).not.toContain("secret");
}

test("a deleted account, and a session that a call finds ended, leave nothing either", async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const email = await personWith(page, "Ada", "Ada's secret");
  const elsewhere = await (await browser.newContext({ baseURL })).newPage();
  await elsewhere.goto("/sign-in");
  await signIn(elsewhere, email);
  await expect(tick(elsewhere, "Ada's secret")).toBeVisible();
  await elsewhere.goto("/account");
  await elsewhere.getByRole("button", { name: "Delete my account" }).click();
  const dialog = elsewhere.getByRole("dialog");
  await dialog.getByLabel("type your e-mail").fill(email);
  await dialog.getByLabel("Password").fill(password);
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(elsewhere).toHaveURL(/\/sign-up/);
  expect(await stored(elsewhere)).not.toContain("secret");

  // This browser has heard nothing yet.
  expect(await stored(page)).toContain("secret");
  await page.getByRole("link", { name: "All", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await stored(page)).not.toContain("secret");
  await expectNothingOffline(page, context);
  await elsewhere.context().close();
});

test("whoever signs in next in the same browser sees nothing of the one before", async ({
  page,
  context,
}) => {
  await personWith(page, "Ada", "Ada's secret");
  // Ada's session is gone, and no page of hers was there to hear it.
  await page.goto("about:blank");
  await context.clearCookies();
  await personWith(page, "Bob", "Bob's own");
  expect(await stored(page)).not.toMatch(/Ada's secret|"Ada/);
  await context.setOffline(true);
  await page.reload();
  await expect(tick(page, "Bob's own")).toBeVisible();
  await expect(page.getByRole("button", { name: "Account of Bob" })).toBeVisible();
  await page.goto("/tasks?view=all&q=secret");
  await expect(page.getByRole("button", { name: "Account of Bob" })).toBeVisible();
  await expect(page.getByText(/Ada/)).toHaveCount(0);
});

test("the worker's copies are a page without data and files, and another build's are removed", async ({
  page,
}) => {
  await personWith(page, "Ada", "Ada's secret");
  const copies = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(
        names.map(async (name) => (await caches.open(name)).keys()),
      );
      return { names, paths: requests.flat().map(({ url }) => new URL(url).pathname) };
    });
  // It comes when the page has stood for a while.
  await expect.poll(async () => (await copies()).paths, { timeout: 15_000 }).toContain("/offline");
  const { names, paths } = await copies();
  expect(names).toHaveLength(1);
  expect(paths.filter((path) => !path.startsWith("/_next/static/"))).toEqual(["/offline"]);
  expect(paths.some((path) => path.endsWith(".css"))).toBe(true);
  const shell = await page.evaluate(async () => (await caches.match("/offline"))?.text());
  expect(shell).toContain("<html");
  expect(shell).not.toMatch(/Ada|secret/);

  await page.evaluate(() =>
    navigator.serviceWorker.register("/worker.js?of=another", { scope: "/tasks" }),
  );
  await expect.poll(async () => (await copies()).names).toEqual(["taskbridge ?of=another"]);
  await expect.poll(async () => (await copies()).paths).toContain("/offline");
});
