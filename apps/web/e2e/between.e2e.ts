import { expect, type Page, type Route, test } from "@playwright/test";
import {
  addTask,
  allSent,
  atWork,
  chooseFile,
  confirmImport,
  countTokens,
  ownAccess,
  readyForOffline,
  signIn,
  signUp,
  inEnglish as t,
  tick,
} from "./people.ts";

// What stands between the page and the server, and answers in its place: proxies, and their pages.
const asProxy =
  (status: number, headers: Record<string, string> = {}) =>
  (route: Route) =>
    route.fulfill({ status, headers, contentType: "text/html", body: "<h1>A proxy's page</h1>" });
const calls = "**/api/trpc/**";
const onlyPosts = (handle: (route: Route) => Promise<void>) => (route: Route) =>
  route.request().method() === "POST" ? handle(route) : route.continue();

const banner = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text });

test("three long notes that were written offline all arrive", async ({ page, context }) => {
  await signUp(page, "Ada");
  for (const title of ["One", "Two", "Three"]) await addTask(page, title);
  await allSent(page);
  const long = "茶".repeat(9_000);
  await context.setOffline(true);
  for (const title of ["One", "Two", "Three"]) {
    await tick(page, title).focus();
    await page.keyboard.press("e");
    await page.getByLabel("Notes").fill(long);
    await page.getByRole("button", { name: "Save" }).click();
  }
  await context.setOffline(false);
  await allSent(page);
  const { headers, tasks } = await ownAccess(page);
  const { items } = await (await page.request.get(tasks, { headers })).json();
  const notes = items.map(({ notes }: { notes: string }) => notes.length);
  expect(notes).toEqual([9_000, 9_000, 9_000]);
});

test("a proxy that lets nothing so large through is said, and nothing is lost", async ({
  page,
}) => {
  await signUp(page, "Ada");
  await page.route(calls, onlyPosts(asProxy(413)));
  await addTask(page, "Large");
  await expect(page.getByText(t("problem.tooLargeOnTheWay"))).toBeVisible();
  await page.reload();
  await atWork(page);
  await expect(tick(page, "Large")).toBeVisible();
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try now" }).click();
  await allSent(page);
  await expect(tick(page, "Large")).toBeVisible();
});

test("a proxy that asks for a password is told from a server that is away", async ({ page }) => {
  await signUp(page, "Ada");
  await page.route(calls, asProxy(401, { "www-authenticate": 'Basic realm="x"' }));
  await addTask(page, "Waiting");
  await expect(banner(page, t("outbox.between"))).toBeVisible();
  await expect(page).toHaveURL(/\/tasks/);
  await page.unrouteAll();
  // It tries again by itself.
  await allSent(page);
});

test("a proxy that leads elsewhere, to a sign-in of its own, is told from a server that is away", async ({
  page,
}) => {
  const email = await signUp(page, "Ada");
  const location = "https://sign-in.example/";
  await page.route(calls, asProxy(302, { location }));
  await addTask(page, "Waiting");
  await expect(banner(page, t("outbox.between"))).toBeVisible();
  await page.route("**/api/auth/**", asProxy(302, { location }));
  await page.unroute(calls);
  await page.reload();
  await expect(banner(page, t("outbox.between"))).toBeVisible();
  await page.unrouteAll();
  await allSent(page);
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.route("**/api/auth/**", asProxy(302, { location }));
  await signIn(page, email);
  await expect(page.getByText(t("problem.between"))).toBeVisible();
});

test("too many calls are said as what they are, and go on when the server takes them", async ({
  page,
}) => {
  await signUp(page, "Ada");
  const error = { message: "", code: -32029, data: { code: "rate_limited", httpStatus: 429 } };
  await page.route(
    calls,
    onlyPosts((route) =>
      route.fulfill({ status: 429, headers: { "retry-after": "1" }, json: { error } }),
    ),
  );
  await addTask(page, "Eager");
  await expect(banner(page, t("outbox.busy"))).toBeVisible();
  await page.unrouteAll();
  await allSent(page);
});

test("an import whose answer is lost is not made twice", async ({ page }) => {
  await signUp(page, "Ada");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Import", exact: true }).click();
  await page.route("**/api/trpc/task.import**", async (route) => {
    await route.fetch();
    await route.fulfill({ status: 504, contentType: "text/html", body: "<h1>Gateway</h1>" });
  });
  await chooseFile(page, "tasks.csv", "title\nOnly once\n");
  await confirmImport(page, 1);
  const again = page.getByRole("button", { name: t("error.retry") });
  await expect(again).toBeVisible();
  await page.unrouteAll();
  await again.click();
  await expect(page.getByText("1 task was added.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tick(page, "Only once")).toHaveCount(1);
});

test("an import whose answer is lost is not made twice after a reload either", async ({ page }) => {
  await signUp(page, "Ada");
  const openDialog = async () => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Import", exact: true }).click();
  };
  const choose = () =>
    page.locator("input[type=file]").setInputFiles({
      ...{ name: "tasks.csv", mimeType: "text/csv" },
      buffer: Buffer.from("title\nOnly once\n"),
    });
  await openDialog();
  await page.route("**/api/trpc/task.import**", async (route) => {
    await route.fetch();
    await route.fulfill({ status: 504, contentType: "text/html", body: "<h1>Gateway</h1>" });
  });
  await choose();
  await confirmImport(page, 1);
  await expect(page.getByRole("button", { name: t("error.retry") })).toBeVisible();
  await page.unrouteAll();
  await page.reload();
  await atWork(page);
  await openDialog();
  await choose();
  // It is found to be here; all the same, it is the same request again.
  await page.getByRole("checkbox", { name: t("transfer.skipPresent") }).uncheck();
  await confirmImport(page, 1);
  await expect(page.getByText("1 task was added.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tick(page, "Only once")).toHaveCount(1);
});

test("clocks of the server's that differ are said, and what waits is sent with the same token", async ({
  page,
}) => {
  await signUp(page, "Ada");
  const tokens = countTokens(page);
  const error = {
    message: "",
    code: -32001,
    data: { code: "token_not_yet_valid", httpStatus: 401 },
  };
  await page.route(
    calls,
    onlyPosts((route) => route.fulfill({ status: 401, json: { error } })),
  );
  await addTask(page, "Early");
  await expect(banner(page, t("outbox.clocks"))).toBeVisible();
  await expect(page.getByText(t("outbox.waiting", { count: 1 }))).toBeVisible();
  const before = tokens();
  await page.getByRole("button", { name: t("outbox.retry") }).click();
  await page.unrouteAll({ behavior: "wait" });
  // It tries again by itself.
  await allSent(page);
  await expect(banner(page, t("outbox.clocks"))).toHaveCount(0);
  expect(tokens()).toBe(before);
});

test("a word that a firewall stops holds its own change, and none that went with it", async ({
  page,
  context,
}) => {
  await signUp(page, "Ada");
  for (const title of ["One", "Two", "Three"]) await addTask(page, title);
  await allSent(page);
  await context.setOffline(true);
  for (const [title, notes] of [
    ["One", "fine"],
    ["Two", "<script>"],
    ["Three", "fine"],
  ] as const) {
    await tick(page, title).focus();
    await page.keyboard.press("e");
    await page.getByLabel("Notes").fill(notes);
    await page.getByRole("button", { name: "Save" }).click();
  }
  await page.route(calls, (route) =>
    route.request().postData()?.includes("<script>") ? asProxy(406)(route) : route.continue(),
  );
  await context.setOffline(false);
  await expect(
    page.getByText(t("outbox.held", { count: 1, reason: t("problem.between") })),
  ).toBeVisible();
  await expect.poll(() => unsent(page)).toBe(1);
  await page.unrouteAll();
  await page.getByRole("button", { name: t("outbox.retry") }).click();
  await allSent(page);
});

const unsent = (page: Page) =>
  page.evaluate(
    () => Object.keys(localStorage).filter((key) => key.startsWith("taskbridge.outbox")).length,
  );

test("an import goes in parts as small as a proxy lets through", async ({ page }) => {
  await signUp(page, "Ada");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Import", exact: true }).click();
  await page.route("**/api/trpc/task.import**", (route) =>
    (route.request().postDataBuffer()?.length ?? 0) > 20_000
      ? asProxy(413)(route)
      : route.continue(),
  );
  const tasks = Array.from({ length: 90 }, (_, at) => ({ title: `${at}`, notes: "x".repeat(900) }));
  await chooseFile(page, "tasks.json", JSON.stringify(tasks));
  await confirmImport(page, 90);
  await expect(page.getByText("90 tasks were added.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "Open 90" })).toBeVisible();
});

test("a reload while a proxy says that the app is away shows the tasks", async ({
  page,
  context,
}) => {
  await signUp(page, "Ada");
  await addTask(page, "Still here");
  await allSent(page);
  await readyForOffline(page, "Still here");
  await context.route("**/tasks", asProxy(502));
  await page.reload();
  await expect(tick(page, "Still here")).toBeVisible();
});

test("an address that is not the app's says which one is", async ({ page, baseURL }) => {
  const elsewhere = new URL(baseURL ?? "");
  elsewhere.hostname = "elsewhere.localhost";
  await page.goto(`${elsewhere.origin}/sign-in`);
  await expect(page.getByText(t("auth.otherAddress"))).toBeVisible();
  await expect(page.getByRole("link", { name: baseURL ?? "" })).toBeVisible();
  await page.goto("/sign-in");
  await expect(page.getByLabel(t("auth.password"))).toBeVisible();
  await expect(page.getByText(t("auth.otherAddress"))).toHaveCount(0);
});
