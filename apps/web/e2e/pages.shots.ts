import { fileURLToPath } from "node:url";
import { type Page, test } from "@playwright/test";
import { addTask, newEmail, password, signIn, signUp } from "./people.ts";

const folder = fileURLToPath(new URL("../../../screenshots", import.meta.url));
const list = /\/api\/trpc\/.*task\.list/;

for (const width of [320, 768, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 800 }, colorScheme });
      const shoot = (page: Page, name: string) =>
        page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true });

      test("signed out", async ({ page }) => {
        await page.goto("/sign-up");
        await shoot(page, "sign-up");
        await page.goto("/no-such-page");
        await shoot(page, "not-found");
        await page.goto("/docs");
        await page.getByText("Add a task").waitFor();
        await shoot(page, "docs");
        await page.getByText("Add a task").click();
        await page.getByText("Request body").waitFor();
        await shoot(page, "docs-operation");
        await page.goto("/problems");
        await shoot(page, "problems");
        await page.goto("/problems/version_mismatch");
        await shoot(page, "problem");
        await page.goto("/sign-in");
        await shoot(page, "sign-in");
        await signIn(page, newEmail(), password);
        await page.getByText("is wrong").waitFor();
        await shoot(page, "sign-in-refused");
      });

      test("account", async ({ page }) => {
        const email = await signUp(page, "Ada Lovelace");
        await page.goto("/account");
        await page.getByText("In use now").waitFor();
        await shoot(page, "account");
        await page.getByLabel("Current password").fill("not the password");
        await page.getByLabel("New password").fill("a new passphrase");
        await page.getByRole("button", { name: "Change password" }).click();
        await page.getByText("This is not your password.").waitFor();
        await shoot(page, "account-refused");
        await page.getByRole("button", { name: "Delete my account" }).click();
        await page.getByRole("button", { name: "Delete for good" }).click();
        await page.getByText("This is not your e-mail address.").waitFor();
        await page.screenshot({ path: `${folder}/account-delete-${width}-${colorScheme}.png` });
        await page.route("**/api/auth/list-sessions", (route) => route.abort());
        await page.reload();
        await page.getByRole("button", { name: "Try again" }).waitFor();
        await page.evaluate(() => window.scrollTo(0, 0));
        await shoot(page, "account-unreachable");
        await page.unrouteAll();
        await page.getByRole("button", { name: /^Delete my account/ }).click();
        await page.getByLabel("type your e-mail address").fill(email);
        await page.getByLabel("Password", { exact: true }).fill(password);
        await page.getByRole("button", { name: "Delete for good" }).click();
        await page.getByText("Your account is deleted").waitFor();
        await shoot(page, "account-deleted");
      });

      test("signed in", async ({ page }) => {
        await signUp(page, "Ada Lovelace");
        await page.getByText("Nothing to do.").waitFor();
        await shoot(page, "tasks-empty");

        await addTask(page, "Buy milk");
        await addTask(page, "اشترِ خبزًا");
        await addTask(page, "Averyveryverylongwordthatmustbebrokensomewhere".repeat(3));
        await addTask(page, "Write the report");
        await page.getByRole("button", { name: "Edit: Write" }).click();
        const form = page.getByRole("listitem").filter({ has: page.getByLabel("Notes") });
        await form.getByLabel("Notes").fill("Numbers of the third quarter.\nAsk Grace for hers.");
        await form.getByLabel("Due").fill("2027-01-31");
        await form.getByLabel("Priority").selectOption("High");
        await form.getByLabel("Tags").fill("work, quarter");
        await shoot(page, "tasks-edited");
        await form.getByRole("button", { name: "Save" }).click();
        await page.getByText("#quarter").waitFor();
        await page.getByText("All", { exact: true }).click();
        await page.getByRole("checkbox", { name: "Completed: Buy milk" }).check();
        await page.getByRole("button", { name: "Delete: اشترِ" }).click();
        await shoot(page, "tasks-filled");

        await page.route(list, (route) => new Promise(() => void route));
        await page.reload();
        await page.getByText("Loading your tasks").waitFor();
        await shoot(page, "tasks-loading");
        await page.unrouteAll();
        await page.route(list, (route) => route.abort());
        await page.reload();
        await page.getByRole("button", { name: "Try again" }).waitFor();
        await shoot(page, "tasks-unreachable");
      });
    });
  }
}
