import { expect, type Page, test } from "@playwright/test";
import {
  addTask,
  allSent,
  atWork,
  newEmail,
  signIn,
  signUp,
  inEnglish as t,
  tick,
} from "../people.ts";

test.use({ serviceWorkers: "block" });

/** As after an upgrade: the server has none of the files that this page has not loaded yet. */
const upgrade = (page: Page) =>
  page.route("**/_next/static/**", (route) =>
    route.fulfill({ status: 404, contentType: "text/plain", body: "Not Found" }),
  );

test.beforeEach(({ page }) =>
  // Nothing is loaded ahead.
  page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  }),
);

test("a page of the build before says that there is a new one, and a reload loses nothing", async ({
  page,
}) => {
  await signUp(page, "Ada");
  await addTask(page, "Milk");
  await allSent(page);
  await upgrade(page);
  await page.route("**/api/trpc/**", (route) => route.abort());
  await addTask(page, "Written before the reload");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  const said = page.getByRole("alertdialog", { name: t("loading.newVersionTitle") });
  await expect(said).toBeVisible();
  await expect(said.getByRole("button", { name: t("loading.reload") })).toBeFocused();
  await expect(said.getByRole("button", { name: t("error.retry") })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(said).toHaveCount(0);
  await tick(page, "Milk").focus();
  await page.keyboard.press("e");
  await expect(page.getByText(t("loading.newVersionText"))).toBeVisible();

  await page.unrouteAll();
  await page.getByRole("button", { name: t("loading.reload"), exact: true }).click();
  await atWork(page);
  await expect(tick(page, "Written before the reload")).toBeVisible();
  await allSent(page);
});

test("a form of the build before says so too", async ({ page }) => {
  await page.goto("/sign-in");
  await page.waitForLoadState("networkidle");
  await upgrade(page);
  await signIn(page, newEmail());
  await expect(page.getByRole("alert").filter({ hasText: t("loading.newVersion") })).toBeVisible();
});

test("a file that fails where the build is still the server's is no new version", async ({
  page,
}) => {
  await signUp(page, "Ada");
  await page.route("**/_next/static/chunks/**", (route) => route.fulfill({ status: 404 }));
  await page.keyboard.press("Control+k");
  const said = page.getByRole("alertdialog", { name: t("loading.failedTitle") });
  await expect(said.getByRole("button", { name: t("error.retry") })).toBeFocused();
  await page.unrouteAll();
  await page.keyboard.press("Enter");
  await expect(page.getByPlaceholder(t("palette.placeholder"))).toBeFocused();
});
