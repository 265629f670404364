import type { Page, Route } from "@playwright/test";
import { addTask, allSent, atWork, goToCompleted, removeWorker, signUp, tick } from "../people.ts";
import { button, type Stage } from "./stage.ts";

const list = /\/api\/trpc\/.*task\.list/;
const changes = /\/api\/trpc\/task\.(create|update|delete)/;

export async function trouble(stage: Stage) {
  const { page, t, look } = stage;
  await signUp(page, "Ada Lovelace", t);
  await addTask(page, "Buy milk", "Buy milk", t);
  await allSent(page);
  await outOfReach(stage);
  await page.route(changes, (route) => route.abort());
  await addTask(page, "Written in a tunnel", "Written in a tunnel", t);
  await page.getByText(t("outbox.waiting", { count: 1 })).waitFor();
  await look("tasks-unsent");
  await page.context().setOffline(true);
  await page.getByText(t("outbox.offline")).waitFor();
  await look("tasks-offline");
  await page.context().setOffline(false);
  await page.unrouteAll();
  await tryNow(stage);
  await allSent(page);

  await page.route(changes, refuse("internal_error", 500));
  await tick(page, "Buy milk", t).click();
  await button(stage, t("outbox.discard")).waitFor();
  await look("tasks-held");
  await page.unrouteAll();
  await button(stage, t("outbox.discard")).click();
  await deletedElsewhere(stage);
  await page.route(changes, refuse("too_many_tasks", 422));
  await tick(page, "Buy milk", t).click();
  await button(stage, t("error.retry")).waitFor();
  await look("tasks-refused");
  await page.unrouteAll();
  await button(stage, t("error.retry")).click();
  await allSent(page);
  await conflict(stage);

  await page.route(list, (route) => new Promise(() => void route));
  await page.goto("/tasks");
  await goToCompleted(page, t);
  await page.getByText(t("tasks.loading")).waitFor();
  await look("tasks-loading");
  await page.unrouteAll();
  await broken(stage);
}

/** A list of which the browser knows no task, nor that it has none. */
async function outOfReach(stage: Stage) {
  const { page, t, look } = stage;
  await page.route(list, (route) => route.abort());
  await page.goto("/tasks");
  await goToCompleted(page, t);
  await button(stage, t("error.retry")).waitFor();
  await look("tasks-unreachable");
  await page.unrouteAll();
  await page.goto("/tasks");
  await atWork(page, t);
}

/** What a tick comes to, and what was typed. */
async function deletedElsewhere(stage: Stage) {
  const { page, t, look } = stage;
  const title = "Buy milk";
  await page.route(changes, refuse("task_not_found", 404));
  await tick(page, title, t).click();
  await page.getByText(t("tasks.deletedElsewhere", { title })).waitFor();
  await look("tasks-deleted-elsewhere");
  await page.unrouteAll();
  await button(stage, t("tasks.restore")).click();
  await tick(page, title, t).waitFor();
  await allSent(page);

  await page.getByRole("button", { name: t("tasks.edit", { title }) }).click();
  await page.getByLabel(t("field.notes")).fill("From the farm");
  await page.route(changes, refuse("task_not_found", 404));
  await page.getByRole("button", { name: t("editor.save") }).click();
  await page.getByText(t("conflict.goneText")).waitFor();
  await look("tasks-typed-for-a-deleted-one");
  await page.unrouteAll();
  await button(stage, t("conflict.restore")).click();
  await allSent(page);
}

/** Two browsers of one person change one thing. */
async function conflict({ page, t, look }: Stage) {
  const title = "Written in a tunnel";
  const edit = (at: Page) => at.getByRole("button", { name: t("tasks.edit", { title }) }).click();
  const save = async (at: Page, text: string) => {
    await at.getByRole("textbox", { name: t("field.title") }).fill(text);
    await at.getByRole("button", { name: t("editor.save") }).click();
  };
  const context = page.context();
  const other = await context.newPage();
  await other.addInitScript(() => {
    BroadcastChannel.prototype.postMessage = () => {};
  });
  await other.goto("/tasks");
  await edit(page);
  await edit(other);
  await save(other, "Written on a mountain");
  await allSent(other);
  await other.close();
  await save(page, "Written by the sea");
  await page.getByText(t("conflict.text")).waitFor();
  await look("tasks-conflict");
  await page.getByRole("button", { name: t("conflict.takeTheirs") }).click();
}

/** A part of the page that cannot be loaded leaves the page that says so. */
async function broken({ page, t, look }: Stage) {
  await removeWorker(page);
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await page.goto("/tasks");
  const title = "Written on a mountain";
  await tick(page, title, t).waitFor();
  await atWork(page, t);
  await page.route("**/_next/static/chunks/**", (route) => route.abort());
  await page.locator("body").press("?");
  await page.getByText(t("loading.failedTitle")).waitFor();
  await look("part-failed");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: t("tasks.edit", { title }) }).click();
  await page.getByText(t("loading.failedTitle")).waitFor();
  await look("editor-failed");
  await page.keyboard.press("Escape");

  await page.evaluate(() => {
    Number.prototype.toLocaleString = () => {
      throw new Error("A fault of the page's own.");
    };
  });
  await tick(page, title, t).click();
  await page.getByText(t("error.title")).waitFor();
  await look("error");
  await page.unrouteAll();

  await page.route("**/_next/static/chunks/**/*.js", (route) => route.abort());
  await page.goto("/tasks");
  await page.getByText(t("loading.pageFailed")).waitFor();
  await look("page-failed");
}

/** Unless the page has just tried by itself. */
const tryNow = (stage: Stage) =>
  button(stage, stage.t("outbox.retry"))
    .click({ timeout: 3_000 })
    .catch(() => {});

const refuse = (code: string, httpStatus: number) => (route: Route) =>
  route.fulfill({
    status: httpStatus,
    contentType: "application/json",
    body: JSON.stringify([
      { error: { message: "Refused.", code: -32603, data: { code, httpStatus } } },
    ]),
  });
