import { addTask, allSent, atWork, pattern, signUp, tick } from "../people.ts";
import { button, choose, type Stage } from "./stage.ts";
import { words } from "./words.ts";

/** Somebody with the tasks that the pictures show. */
async function withTasks({ page, t, language }: Stage) {
  const { passport, call, plants, report, home, work, today, tomorrow } = words[language];
  const add = (line: string, title = line) => addTask(page, line, title, t);
  await add(`${passport} !low #${home}`, passport);
  await add("اشترِ خبزًا");
  await add("Averyveryverylongwordthatmustbebrokensomewhere".repeat(3));
  await add(`${call} #${work} ${today}`, call);
  await add(`${plants} #${home} ${today}`, plants);
  await add(`${report} !high #${work} ${tomorrow}`, report);
  await allSent(page);
}

export async function writing(stage: Stage) {
  const { page, t, language, look } = stage;
  const { report, table, notes, home, friday, fridayShown } = words[language];
  await signUp(page, "Ada Lovelace", t);
  await look("tasks-empty", { whole: true });
  await withTasks(stage);
  await look("tasks-filled");

  const line = page.getByLabel(t("quickAdd.label"));
  await line.fill(`${table} !medium #${home} ${friday}`);
  const understood = page.getByRole("list", { name: t("quickAdd.understood") });
  await understood.getByText(fridayShown).waitFor();
  await look("tasks-quick-add");
  await line.fill("#tag");
  await line.press("Enter");
  await page.getByText(t("quickAdd.noTitle")).waitFor();
  await look("tasks-quick-add-wrong");
  await line.fill("");

  await button(stage, t("tasks.edit", { title: report })).click();
  const form = page.getByRole("form", { name: t("editor.form", { title: report }) });
  await form.getByLabel(t("field.notes")).fill(notes);
  await look("tasks-edited", { whole: true });
  const title = form.getByLabel(t("field.title"));
  await title.fill("");
  await form.getByRole("button", { name: t("editor.save") }).click();
  await page.getByText(t("rule.title")).waitFor();
  await look("tasks-edited-wrong", { whole: true });
  await title.fill(report);
  await form.getByRole("button", { name: t("editor.save") }).click();
  await tick(page, report, t).waitFor();
  await allSent(page);
}

export async function finding(stage: Stage) {
  const { page, t, language, narrow, look } = stage;
  const { plants, report, passport, work } = words[language];
  await signUp(page, "Ada Lovelace", t);
  await withTasks(stage);
  await button(stage, t("filter.show")).click();
  await look("tasks-filters", { whole: true });
  const search = page.getByRole("searchbox", { name: t("filter.search") });
  await search.fill(report);
  await tick(page, plants, t).waitFor({ state: "detached" });
  await look("tasks-found");
  await search.fill("nothing like that");
  await page.getByText(t("tasks.empty.filtered")).waitFor();
  await look("tasks-none-found");

  await page.goto(`/tasks?tag=${work}`);
  await tick(page, report, t).waitFor();
  await look("tasks-tag");
  await page.goto("/tasks?view=today");
  await tick(page, plants, t).waitFor();
  await look("tasks-today");
  if (narrow) {
    await button(stage, new RegExp(t("nav.open"))).click();
    await page.getByRole("dialog", { name: t("nav.views") }).waitFor();
    await look("lists");
    await page.keyboard.press("Escape");
  }
  await tick(page, plants, t).click();
  await page
    .getByText(t("tasks.empty.today"))
    .or(page.getByText(t("tasks.undo")))
    .first()
    .waitFor();
  await allSent(page);
  await page.goto("/tasks?view=completed");
  await tick(page, plants, t).waitFor();
  await look("tasks-completed", { whole: true });
  await page.goto("/tasks/print?view=all");
  await page.getByText(plants).waitFor();
  await look("print", { whole: true });
  await page.goto("/tasks?view=deleted");
  await page.getByText(t("tasks.empty.deleted")).waitFor();
  await look("deleted-none");
  await page.goto("/tasks");
  await atWork(page, t);
  await tick(page, passport, t).focus();
  await page.keyboard.press("Delete");
  await allSent(page);
  await page.goto("/tasks?view=deleted");
  await button(stage, t("tasks.restoreOne", { title: passport })).waitFor();
  await look("deleted");
}

export async function acting(stage: Stage) {
  const { page, t, language, look } = stage;
  const { passport, plants, call } = words[language];
  await signUp(page, "Ada Lovelace", t);
  await withTasks(stage);
  const edit = (title: string) => button(stage, t("tasks.edit", { title }));
  await edit(plants).click({ modifiers: ["ControlOrMeta"] });
  await edit(call).click({ modifiers: ["ControlOrMeta"] });
  // What the bar hides in between can be scrolled to.
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await look("tasks-selected");
  await button(stage, t("bulk.priority")).click();
  await page.getByRole("dialog").getByText(t("priority.medium")).waitFor();
  await look("tasks-priority-dialog");
  await page.keyboard.press("Escape");
  await button(stage, t("bulk.tag")).click();
  await page.getByRole("dialog").getByLabel(t("filter.tag")).waitFor();
  await look("tasks-tag-dialog");
  await page.keyboard.press("Escape");
  await button(stage, t("bulk.date")).click();
  await page.getByRole("dialog").getByText(t("editor.nextWeek")).waitFor();
  await look("tasks-date-dialog");
  await page.keyboard.press("Escape");
  await button(stage, t("bulk.clear")).click();
  await choose(stage, t("menu.more"), t("bulk.begin"));
  await page.getByRole("region", { name: t("bulk.region") }).waitFor();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await look("tasks-select-mode");
  await button(stage, t("bulk.clear")).click();

  await tick(page, passport, t).click();
  // It stays for as long as the pointer rests on it.
  await button(stage, t("tasks.undo")).hover();
  await look("tasks-undo");
  await button(stage, t("tasks.undo")).click();
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: t("palette.title") }).waitFor();
  await look("palette");
  await page.getByPlaceholder(t("palette.placeholder")).fill("no such action");
  await page.getByText(t("palette.none")).waitFor();
  await look("palette-none");
  await page.keyboard.press("Escape");
  await page.locator("body").press("?");
  await page.getByRole("dialog", { name: t("keys.title") }).waitFor();
  await look("keys");
  await page.keyboard.press("Escape");
  await button(stage, pattern(t, "account.menu")).click();
  await page.getByRole("menuitem", { name: t("account.signOut") }).waitFor();
  await look("account-menu");
}
