import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { addTask, allSent, atWork, signUp, inEnglish as t, tick } from "../people.ts";
import { parts } from "./parts.ts";

// What a worker has kept fails for nobody.
test.use({ serviceWorkers: "block" });

const isScript = (path: string) => path.startsWith("/_next/static/chunks/") && path.endsWith(".js");
const failed = (page: Page) => page.getByText(t("loading.pageFailed"));

/** Somebody new with a task, the files that their task page comes with, and a way to open it as the server drew it. */
async function withFiles(page: Page) {
  await signUp(page, "Ada");
  await addTask(page, "Milk");
  await allSent(page);
  let [html, headers] = ["", {}];
  // A server that has much to do sends the page without its tasks.
  await expect(async () => {
    const answer = await page.request.get("/tasks");
    const { "content-encoding": _, "content-length": __, ...others } = answer.headers();
    [html, headers] = [await answer.text(), others];
    expect(html).toContain(">Milk<");
  }).toPass();
  const files = [...new Set(html.match(/\/_next\/static\/[\w./~-]+\.(js|css)/g))];
  const open = async (tab: Page) => {
    await tab.route("**/tasks", (route) => route.fulfill({ body: html, headers }), { times: 1 });
    await tab.goto("/tasks");
  };
  return { files, open };
}

/** Does something with each of them in tabs of its own, a few at a time. */
async function inTabs<Item>(
  context: BrowserContext,
  items: readonly Item[],
  look: (page: Page, item: Item) => Promise<void>,
) {
  const left = [...items];
  const work = async () => {
    for (let item = left.shift(); item; item = left.shift()) {
      const page = await context.newPage();
      await look(page, item);
      await page.close();
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}

test("a file of the page that fails once is asked for again, whichever it is", async ({
  page,
  context,
}) => {
  test.slow();
  const { files, open } = await withFiles(page);
  expect(files.length).toBeGreaterThan(10);
  await inTabs(context, files, async (tab, file) => {
    let asked = 0;
    await tab.route(`**${file}`, (route) => (asked++ ? route.continue() : route.abort()));
    await open(tab);
    await expect(tick(tab, "Milk")).toBeVisible();
    if (!asked) return;
    await atWork(tab);
    await expect(failed(tab)).toBeHidden();
    expect({ file, asked }).toEqual({ file, asked: 2 });
  });
});

test("a file of the page that fails for good leaves the list, and a way to load it again", async ({
  page,
  context,
}) => {
  test.slow();
  const { files, open } = await withFiles(page);
  await inTabs(context, files, async (tab, file) => {
    let asked = 0;
    await tab.route(`**${file}`, (route) => {
      asked += 1;
      return route.fulfill({ status: 404, body: "Not Found" });
    });
    await open(tab);
    await expect(tick(tab, "Milk")).toBeVisible();
    if (!asked) return;
    await expect(failed(tab), file).toBeVisible();
    await expect(tick(tab, "Milk")).toBeVisible();
    await tab.unrouteAll();
    await tab.getByRole("link", { name: t("loading.reload") }).click();
    await atWork(tab);
    await expect(failed(tab)).toBeHidden();
  });
});

for (const part of parts) {
  test(`each file of ${part.name} fails alone, and is loaded when it is asked for again`, async ({
    page,
    context,
  }) => {
    // Nothing is loaded ahead.
    await context.addInitScript(() => {
      window.requestIdleCallback = () => 0;
    });
    await withFiles(page);
    const files = new Set<string>();
    const fresh = async (tab: Page) => {
      await tab.goto(part.path);
      await part.ready(tab);
    };
    await fresh(page);
    await page.waitForLoadState("networkidle");
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (isScript(pathname)) files.add(pathname);
    });
    await part.open(page);
    await expect(part.opened(page)).toBeVisible();
    page.removeAllListeners("request");
    expect(files.size).toBeGreaterThan(0);

    for (const file of files) {
      await fresh(page);
      await page.route(`**${file}`, (route) => route.abort());
      await part.open(page);
      const trouble = page.getByText(part.says ?? t("loading.failedTitle"));
      await expect(trouble, file).toBeVisible();
      await expect(page.locator("main")).toContainText(part.stays);
      await page.unrouteAll();
      await page.getByRole("button", { name: t("error.retry") }).click();
      await expect(part.opened(page)).toBeVisible();
      await expect(trouble).toHaveCount(0);
    }
  });
}
