import { allSent, chooseFile, confirmImport, signUp, tick } from "../people.ts";
import { button, choose, type Stage } from "./stage.ts";
import { words } from "./words.ts";

const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

/** What is long, late, much, or written the other way. */
const tasksOf = ({ language }: Stage) => {
  const { passport, notes, home, work } = words[language];
  return [
    ...many(24, (index) => ({ title: `${passport} (${index + 1})`, tags: [home] })),
    { title: "اشترِ خبزًا", notes: "من السوق", tags: ["طعام"], dueDate: "2020-02-29" },
    {
      title: "Much ".repeat(40).trim(),
      notes: `${notes}\n`.repeat(40),
      tags: many(20, (index) => (index === 7 ? "x".repeat(50) : `${work}-${index}`)),
      priority: "high",
      dueDate: "2020-01-31",
    },
    { title: passport, notes, tags: [home, work], priority: "medium", dueDate: "2099-12-31" },
  ];
};

async function withCrowd(stage: Stage) {
  const { page, t } = stage;
  await signUp(page, "Ada Augusta King, Countess of Lovelace", t);
  await choose(stage, t("menu.more"), t("transfer.import"));
  const tasks = tasksOf(stage);
  await chooseFile(page, "tasks.json", JSON.stringify(tasks));
  await confirmImport(page, tasks.length, t);
  await page.getByText(t("transfer.done", { count: tasks.length })).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

export async function crowded(stage: Stage) {
  const { page, t, language, narrow, look } = stage;
  const { passport } = words[language];
  await withCrowd(stage);
  await tick(page, passport, t).waitFor();
  await page.locator("body").press("j");
  await look("tasks-crowded");
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  const form = page.getByRole("form");
  await form.getByLabel(t("field.notes")).waitFor();
  await look("tasks-crowded-edited");
  await form.getByRole("button", { name: t("dialog.cancel") }).click();

  await tick(page, `${passport} (24)`, t).click();
  await page.getByText(t("tasks.undo")).waitFor();
  await page.locator("body").press("a");
  await page.getByRole("region", { name: t("bulk.region") }).waitFor();
  await button(stage, t("tasks.undo")).hover();
  await look("tasks-crowded-selected");
  await button(stage, t("tasks.undo")).click();
  await button(stage, t("bulk.clear")).click();
  await allSent(page);

  await tick(page, passport, t).focus();
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(t("palette.placeholder")).fill("a");
  await look("palette-found");
  await page.keyboard.press("Escape");
  if (narrow) {
    await button(stage, new RegExp(t("nav.open"))).click();
    await page.getByRole("dialog", { name: t("nav.views") }).waitFor();
    await look("lists-crowded");
    await page.keyboard.press("Escape");
  }
  await page.goto("/tasks?view=overdue&priority=high");
  await tick(page, "Much ".repeat(40).trim(), t).waitFor();
  await look("tasks-overdue", { whole: true });
  await page.goto("/tasks/print?view=all");
  await page.getByText(t("tasks.shown", { count: 27 })).waitFor();
  await page.emulateMedia({ media: "print" });
  await look("print-paper", { whole: true });
  await page.emulateMedia({ media: "screen" });
}
