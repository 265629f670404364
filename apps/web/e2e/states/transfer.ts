import { signUp } from "../people.ts";
import { button, choose, type Stage } from "./stage.ts";

export async function transfer(stage: Stage) {
  const { page, t, look } = stage;
  await signUp(page, "Ada Lovelace", t);
  await button(stage, t("menu.more")).click();
  await page.getByRole("menuitem", { name: t("transfer.import") }).waitFor();
  await look("more-menu");
  await page.getByRole("menuitem", { name: t("transfer.import") }).click();
  await button(stage, t("transfer.choose")).waitFor();
  await look("import");

  const send = (name: string, text: string) =>
    page
      .locator("input[type=file]")
      .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await send("tasks.txt", "");
  await page.getByText(t("transfer.wrongType")).waitFor();
  await look("import-unfit");
  await send("tasks.csv", "title,dueDate,priority\nFine,,\nLate,tomorrow,\n,2027-01-31,urgent\n");
  await page.getByText(t("transfer.line", { line: 3 })).waitFor();
  await look("import-refused");

  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/trpc/task.import*", async (route) => {
    await held;
    await route.continue();
  });
  await send("tasks.csv", "title\nFine\n");
  await page.getByRole("progressbar").waitFor();
  await look("import-busy");
  release();
  await page.getByText(t("transfer.done", { count: 1 })).waitFor();
  await look("import-done");
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
