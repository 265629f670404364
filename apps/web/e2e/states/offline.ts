import { addTask, allSent, readyForOffline, signUp, tick } from "../people.ts";
import { choose, type Stage } from "./stage.ts";

/** A load of the page without a network, with tasks that are kept and with none. */
export async function offline({ page, t, look, ...stage }: Stage) {
  await signUp(page, "Ada Lovelace", t);
  for (const title of ["Buy milk", "Water the plants"]) await addTask(page, title, title, t);
  await allSent(page);
  await readyForOffline(page, "Water the plants");
  await page.context().setOffline(true);
  await addTask(page, "Written in a tunnel", "Written in a tunnel", t);
  await page.reload();
  await tick(page, "Buy milk", t).waitFor();
  await page.getByText(t("outbox.waiting", { count: 1 })).waitFor();
  await look("tasks-reloaded-offline");
  await page.goto("/tasks?view=completed");
  await page.getByRole("button", { name: t("error.retry") }).waitFor();
  await look("tasks-none-known-offline");
  await page.context().setOffline(false);
  await allSent(page);
  await choose(
    { page, t, look, ...stage },
    t("account.menu", { name: "Ada Lovelace" }),
    t("account.signOut"),
  );
  await page.getByRole("button", { name: t("auth.signIn") }).waitFor();
  await page.context().setOffline(true);
  await page.goto("/tasks");
  await page.getByText(t("offline.nothing")).waitFor();
  await look("offline-nothing-kept");
  await page.context().setOffline(false);
}
