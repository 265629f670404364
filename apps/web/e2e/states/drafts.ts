import { addTask, allSent, signUp, tick } from "../people.ts";
import { button, choose, type Stage } from "./stage.ts";
import { words } from "./words.ts";

/** What is typed and not saved, wherever the pages speak of it. */
export async function drafts(stage: Stage) {
  const { page, t, language, look } = stage;
  const { report, plants, notes } = words[language];
  const name = "Ada Lovelace";
  await signUp(page, name, t);
  for (const title of [report, plants]) await addTask(page, title, title, t);
  await allSent(page);
  for (const title of [report, plants]) {
    await button(stage, t("tasks.edit", { title })).click();
    await page.getByLabel(t("field.notes")).fill(notes);
    await page.keyboard.press("Escape");
    await button(stage, t("drafts.goOnNamed", { title })).waitFor();
  }
  await look("tasks-drafts");
  await choose(stage, t("account.menu", { name }), t("account.signOut"));
  await page.getByRole("dialog", { name: t("drafts.signOutTitle") }).waitFor();
  await look("sign-out-drafts");
  await page.keyboard.press("Escape");

  const elsewhere = await page.context().newPage();
  await elsewhere.goto("/tasks");
  await tick(elsewhere, report, t).focus();
  await elsewhere.keyboard.press("Delete");
  await tick(elsewhere, report, t).waitFor({ state: "detached" });
  await allSent(elsewhere);
  await elsewhere.close();
  await page.reload();
  await button(stage, t("drafts.goOnNamed", { title: report })).click();
  await page.getByText(t("drafts.goneText")).waitFor();
  await look("tasks-draft-gone", { whole: true });
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await page.getByLabel(t("field.notes")).fill(`${notes} `);
  await page.getByText(t("drafts.noRoom")).first().waitFor();
  await look("tasks-draft-not-kept", { whole: true });

  await page.context().clearCookies();
  await page.reload();
  await page.getByText(t("auth.keptDrafts", { count: 2 })).waitFor();
  await look("sign-in-session-ended", { whole: true });
}
