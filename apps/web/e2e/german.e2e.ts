import { expect, type Page, test } from "@playwright/test";
import {
  addTask,
  allSent,
  chooseFile,
  goToCompleted,
  newEmail,
  password,
  signIn,
  signUp,
  signUpByForm,
  inGerman as t,
  tick,
} from "./people.ts";

test.use({ locale: "de-DE" });

/** What the server says of everything here. */
const english = "The server says this in English.";

const refuseCalls = (
  page: Page,
  path: RegExp,
  code: string,
  httpStatus: number,
  errors?: object[],
) =>
  page.route(path, (route) => {
    const data = { code, httpStatus, ...(errors && { errors }) };
    const refusal = { error: { message: english, code: -32600, data } };
    const calls = new URL(route.request().url()).pathname.split(",").length;
    return route.fulfill({
      status: httpStatus,
      contentType: "application/json",
      body: JSON.stringify(Array.from({ length: calls }, () => refusal)),
    });
  });

const refuseAuth = (page: Page, path: string, status: number, code?: string) =>
  page.route(path, (route) => route.fulfill({ status, json: { code, message: english } }));

const alert = (page: Page, text: string) => page.getByRole("alert").filter({ hasText: text });

test.afterEach(async ({ page }) => {
  // Whatever was refused last is still shown.
  expect(await page.locator("body").innerText()).not.toContain("in English");
});

test("a failing server is said in German where one signs up and signs in", async ({ page }) => {
  const email = newEmail();
  await page.goto("/sign-up");
  await page.getByLabel(t("auth.name"), { exact: true }).fill("Ada");
  await page.getByLabel(t("auth.email")).fill(email);
  await page.getByLabel(t("auth.password")).fill(password);
  const create = page.getByRole("button", { name: t("auth.createAccount") });
  for (const [status, code, reason] of [
    [422, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", "auth.taken"],
    [400, "INVALID_EMAIL", "auth.invalidEmail"],
    [400, "PASSWORD_TOO_SHORT", "auth.passwordTooShort"],
    [422, "PASSWORD_TOO_COMMON", "auth.passwordTooCommon"],
    [422, "PASSWORD_TOO_PERSONAL", "auth.passwordTooPersonal"],
    [422, "INVALID_FIELD", "auth.failed"],
    [500, undefined, "auth.failed"],
    [429, "TOO_MANY_REQUESTS", "auth.tooManyTries"],
  ] as const) {
    await refuseAuth(page, "**/api/auth/sign-up/email", status, code);
    await create.click();
    await expect(alert(page, t(reason))).toBeVisible();
    await page.unrouteAll();
  }
  await page.goto("/sign-in");
  await signIn(page, email, password, t);
  await expect(alert(page, t("auth.wrong"))).toBeVisible();
  await page.route("**/api/auth/sign-in/email", (route) => route.abort());
  await signIn(page, email, password, t);
  await expect(alert(page, t("auth.unreachable"))).toBeVisible();
});

test("a list that the server refuses says why in German", async ({ page }) => {
  await signUpByForm(page, "Ada", t);
  for (const [code, status, reason] of [
    ["internal_error", 500, "problem.internal"],
    ["unavailable", 503, "problem.unavailable"],
    ["rate_limited", 429, "problem.tooManyCalls"],
    ["malformed_request", 400, "problem.outdated"],
    ["not_yet_invented", 418, "problem.internal"],
  ] as const) {
    await refuseCalls(page, /\/api\/trpc\/.*task\.list/, code, status);
    await page.goto("/tasks");
    await goToCompleted(page, t);
    await expect(alert(page, t(reason))).toBeVisible({ timeout: 20_000 });
    await page.unrouteAll();
  }
});

test("a change that the server refuses says why in German", async ({ page }) => {
  await signUp(page, "Ada", t);
  await addTask(page, "Brot kaufen", "Brot kaufen", t);
  await allSent(page);
  const messages = page.getByRole("region", { name: t("toast.region") });
  const refused = (reason: string) => t("tasks.refused", { title: "Brot kaufen", reason });
  const updates = /\/api\/trpc\/task\.update/;
  await refuseCalls(page, updates, "too_many_tasks", 422);
  await tick(page, "Brot kaufen", t).click();
  await expect(messages.getByText(refused(t("problem.tooManyTasks")))).toBeVisible();
  await page.unrouteAll();
  await refuseCalls(page, updates, "task_not_found", 404);
  await tick(page, "Brot kaufen", t).click();
  const gone = t("tasks.deletedElsewhere", { title: "Brot kaufen" });
  await expect(messages.getByText(gone)).toBeVisible();
  await page.unrouteAll();
  await messages.getByRole("button", { name: t("tasks.restore") }).click();
  await expect(tick(page, "Brot kaufen", t)).toBeVisible();
  await allSent(page);
  // What is no fault of the change is kept, and says so where it waits.
  await refuseCalls(page, updates, "internal_error", 500);
  await tick(page, "Brot kaufen", t).click();
  await expect(
    page.getByText(t("outbox.held", { count: 1, reason: t("problem.internal") })),
  ).toBeVisible();
  await page.unrouteAll();
  await page.getByRole("button", { name: t("outbox.discard") }).click();

  const errors = [{ pointer: "/title", message: english }];
  await refuseCalls(page, updates, "validation_failed", 422, errors);
  await tick(page, "Brot kaufen", t).click();
  const rule = `${t("field.title")}: ${t("rule.title")}`;
  await expect(messages.getByText(refused(rule))).toBeVisible();
});

test("what is wrong with a task or a file is said in German", async ({ page }) => {
  await signUp(page, "Ada", t);
  await addTask(page, "Brot kaufen", "Brot kaufen", t);
  await page.getByRole("button", { name: t("tasks.edit", { title: "Brot kaufen" }) }).click();
  const title = page.getByRole("textbox", { name: t("field.title") });
  const tags = page.getByLabel(t("field.tags"));
  await title.fill(" ");
  await tags.fill("x".repeat(51));
  await page.getByRole("button", { name: t("editor.save") }).click();
  await expect(title).toHaveAccessibleDescription(t("rule.title"));
  await expect(title).toBeFocused();
  await expect(tags).toHaveAccessibleDescription(new RegExp(t("rule.tags")));
  await page.getByRole("button", { name: t("dialog.cancel") }).click();

  await page.getByRole("button", { name: t("menu.more") }).click();
  await page.getByRole("menuitem", { name: t("transfer.import") }).click();
  const dialog = page.getByRole("dialog", { name: t("transfer.importTitle") });
  const report = dialog.getByRole("alert");
  const line = (number: number) => t("transfer.line", { line: number });
  const said = (field: string, text: string) => t("transfer.fieldText", { field, text });

  await chooseFile(page, "tasks.csv", "Titel;Fällig;Priorität\nGut;;\nSpät;morgen;\n;;eilig\n");
  await expect(dialog).toContainText(
    `${t("transfer.lineTitle", { line: 3, title: "Spät" })}: ${said("Fällig", "morgen")}: ${t("rule.dueDate")}`,
  );
  await expect(dialog).toContainText(`${line(4)}: Titel: ${t("rule.title")}`);
  await expect(dialog).toContainText(
    `${line(4)}: ${said("Priorität", "eilig")}: ${t("rule.priority")}`,
  );
  await expect(dialog).toContainText(t("transfer.faults", { count: 3 }));
  await expect(dialog).toContainText(t("transfer.ready", { count: 1 }));
  await chooseFile(page, "tasks.csv", "Farbe;Form\nrot;rund\n");
  await expect(report).toContainText(t("transfer.noTitle", { names: "„Farbe“, „Form“" }));
  await chooseFile(page, "tasks.csv", 'title\n"offen\n');
  await expect(dialog).toContainText(t("transfer.badRow"));
  await chooseFile(page, "tasks.json", '[{"title":"a","createdAt":"gestern"}]');
  await expect(dialog).toContainText(t("transfer.badInstant"));
  await chooseFile(page, "tasks.json", '[{"title":');
  await expect(report).toContainText(t("transfer.badJson", { line: 1 }));
  expect(await dialog.innerText()).not.toMatch(/\b(Must|The|Is|Invalid|expected)\b/);
});
