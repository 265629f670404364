import { chooseFile, confirmImport, signUp } from "../people.ts";
import { button, choose, type Stage } from "./stage.ts";

/** Of each kind of thing that can be said of a file, one. */
const previewed = [
  "Title;Due;Priority;Project;Effort",
  "Fine;03/04/2027 09:30;high;House;3 h",
  "Done too;;low;;",
  "Late;tomorrow;;;",
].join("\n");

export async function transfer(stage: Stage) {
  const { page, t, look } = stage;
  await signUp(page, "Ada Lovelace", t);
  await button(stage, t("menu.more")).click();
  await page.getByRole("menuitem", { name: t("transfer.import") }).waitFor();
  await look("more-menu");
  await page.getByRole("menuitem", { name: t("transfer.import") }).click();
  await button(stage, t("transfer.choose")).waitFor();
  await look("import");

  await chooseFile(page, "tasks.xlsx", "PK\u0003\u0004");
  await page.getByText(t("transfer.archive")).waitFor();
  await look("import-unfit");
  await chooseFile(page, "tasks.csv", "title,dueDate,priority\nLate,tomorrow,\n,2027-01-31,x\n");
  await page.getByText(t("transfer.readyNone")).waitFor();
  await look("import-refused");
  await chooseFile(page, "tasks.csv", previewed);
  await button(stage, t("transfer.begin", { count: 2 })).waitFor();
  await look("import-preview", { whole: true });

  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/trpc/task.import*", async (route) => {
    await held;
    await route.continue();
  });
  await confirmImport(page, 2, t);
  await page.getByRole("progressbar").waitFor();
  await look("import-busy");
  release();
  await page.getByText(t("transfer.done", { count: 2 })).waitFor();
  await look("import-done");
  await chooseFile(page, "tasks.csv", previewed);
  await page.getByText(t("transfer.nothingNew")).waitFor();
  await look("import-present");
  await page.keyboard.press("Escape");
  await page.unrouteAll();

  await choose(stage, t("menu.more"), t("transfer.export"));
  await button(stage, t("transfer.exportCsv")).waitFor();
  await look("export");
  await page.route("**/api/trpc/task.export*", (route) => route.abort());
  await button(stage, t("transfer.exportCsv")).click();
  await page.getByText(t("transfer.exportFailed", { reason: t("auth.unreachable") })).waitFor();
  await look("export-failed");
}
