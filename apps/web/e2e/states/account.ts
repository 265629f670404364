import { addTask, createAccount, password, signIn } from "../people.ts";
import { button, choose, type Stage } from "./stage.ts";

/** The same person in another browser. */
async function alsoElsewhere({ page, language, t }: Stage, email: string) {
  const browser = page.context().browser();
  const other = await browser?.newPage({
    locale: language === "en" ? "en-GB" : "de-DE",
    userAgent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
  });
  if (!other) return;
  await other.goto(new URL("/sign-in?next=%2Ftasks", page.url()).href);
  await signIn(other, email, password, t);
  await other.getByText(t("tasks.empty.open")).waitFor();
  await other.close();
}

export async function account(stage: Stage) {
  const { page, t, look } = stage;
  const email = await createAccount(page, "Ada Lovelace");
  await page.goto("/account");
  await page.getByText(t("account.session.inUse")).waitFor();
  await look("account", { whole: true });

  await alsoElsewhere(stage, email);
  await page.reload();
  await button(stage, t("account.sessions.endOthers")).waitFor();
  await look("account-sessions", { whole: true });

  const change = async (current: string) => {
    await page.getByLabel(t("account.password.current")).fill(current);
    await page.getByLabel(t("account.password.next")).fill("a new passphrase");
    await button(stage, t("account.password.change")).click();
  };
  await change("not the password");
  await page.getByText(t("account.password.wrong")).waitFor();
  await look("account-refused");
  await change(password);
  await page.getByText(t("account.password.changedEverywhere")).waitFor();
  await look("account-changed");
  await page.reload();

  await button(stage, t("account.delete.open")).click();
  await button(stage, t("account.delete.confirm")).click();
  await page.getByText(t("account.delete.mismatch")).waitFor();
  await look("account-delete");
  await page.route("**/api/auth/list-sessions", (route) => route.abort());
  await page.reload();
  await page.getByText(t("account.sessions.loading")).waitFor();
  await look("account-loading");
  await button(stage, t("error.retry")).waitFor();
  await page.evaluate(() => window.scrollTo(0, 0));
  await look("account-unreachable", { whole: true });
  await page.unrouteAll();

  await page.goto("/tasks");
  await page.route("**/api/trpc/task.create*", (route) => route.abort());
  await addTask(page, "Unsent", "Unsent", t);
  await choose(stage, t("account.menu", { name: "Ada Lovelace" }), t("account.signOut"));
  await page.getByRole("dialog", { name: t("outbox.signOutTitle") }).waitFor();
  await look("sign-out-question");
  await page.keyboard.press("Escape");
  await page.unrouteAll();

  await page.goto("/account");
  await button(stage, t("account.delete.open")).click();
  await page.getByLabel(t("account.delete.email")).fill(email);
  await page.getByLabel(t("auth.password"), { exact: true }).fill("a new passphrase");
  await button(stage, t("account.delete.confirm")).click();
  await page.getByText(t("account.deleted")).waitFor();
  await look("account-deleted", { whole: true });
}
