import { newEmail, password, signIn } from "../people.ts";
import { button, type Stage } from "./stage.ts";

export async function signedOut(stage: Stage) {
  const { page, t, look } = stage;
  await page.goto("/sign-up");
  await look("sign-up", { whole: true });
  await page.getByLabel(t("auth.email")).fill("ada at home");
  await button(stage, t("auth.createAccount")).click();
  await page.getByText(t("auth.invalidEmail")).waitFor();
  await look("sign-up-wrong", { whole: true });
  await page.goto("/no-such-page");
  await look("not-found", { whole: true });

  await page.goto("/sign-in");
  await look("sign-in", { whole: true });
  await signIn(page, newEmail(), password, t);
  await page.getByText(t("auth.wrong")).waitFor();
  await look("sign-in-refused", { whole: true });
  await page.route("**/api/auth/sign-in/email", (route) => route.abort());
  await signIn(page, newEmail(), password, t);
  await page.getByText(t("auth.unreachable")).waitFor();
  await look("sign-in-unreachable", { whole: true });
}

/** What is about the API, and in its language. */
export async function reference({ page, look }: Stage) {
  await page.goto("/docs");
  await page.getByText("Add a task").waitFor();
  await look("docs", { whole: true });
  await page.getByText("Add a task").click();
  await page.getByText("Request body").waitFor();
  await look("docs-operation", { whole: true });
  await page.goto("/problems");
  await look("problems", { whole: true });
  await page.goto("/problems/version_mismatch");
  await look("problem", { whole: true });
}
