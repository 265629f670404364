import { fileURLToPath } from "node:url";
import { type Page, test } from "@playwright/test";
import { addTask, allSent, newEmail, password, signIn, signUp, tick } from "./people.ts";

const folder = fileURLToPath(new URL("../../../screenshots", import.meta.url));
const list = /\/api\/trpc\/.*task\.list/;
const changes = /\/api\/trpc\/task\.(create|update|delete)/;

for (const width of [320, 768, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 800 }, colorScheme });
      const shoot = (page: Page, name: string) =>
        page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` });
      const shootAll = (page: Page, name: string) =>
        page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true });

      test("signed out", async ({ page }) => {
        await page.goto("/sign-up");
        await shootAll(page, "sign-up");
        await page.goto("/no-such-page");
        await shootAll(page, "not-found");
        await page.goto("/docs");
        await page.getByText("Add a task").waitFor();
        await shootAll(page, "docs");
        await page.getByText("Add a task").click();
        await page.getByText("Request body").waitFor();
        await shootAll(page, "docs-operation");
        await page.goto("/problems");
        await shootAll(page, "problems");
        await page.goto("/problems/version_mismatch");
        await shootAll(page, "problem");
        await page.goto("/sign-in");
        await shootAll(page, "sign-in");
        await signIn(page, newEmail(), password);
        await page.getByText("is wrong").waitFor();
        await shootAll(page, "sign-in-refused");
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
        await shootAll(page, "tasks-empty");

        await addTask(page, "Renew the passport !low #home", "Renew the passport");
        await addTask(page, "اشترِ خبزًا");
        await addTask(page, "Averyveryverylongwordthatmustbebrokensomewhere".repeat(3));
        await addTask(
          page,
          "Call Grace about the numbers #work today",
          "Call Grace about the numbers",
        );
        await addTask(page, "Water the plants #home today", "Water the plants");
        await addTask(page, "Write the report !high #work tomorrow", "Write the report");
        await allSent(page);
        await page.getByLabel("New task").fill("Book a table !medium #home fri");
        await page.getByRole("list", { name: "Understood" }).getByText("Friday").waitFor();
        await shoot(page, "tasks-quick-add");
        await page.getByLabel("New task").fill("");
        await page.getByRole("button", { name: "Edit: Write the report" }).click();
        const form = page.getByRole("form", { name: /Write the report/ });
        await form.getByLabel("Notes").fill("Numbers of the third quarter.\nAsk Grace for hers.");
        await shootAll(page, "tasks-edited");
        await form.getByRole("button", { name: "Save" }).click();
        await tick(page, "Write the report").waitFor();
        await page.getByRole("button", { name: "Filter and sort" }).click();
        await shootAll(page, "tasks-filled");

        await page
          .getByRole("button", { name: "Edit: Water" })
          .click({ modifiers: ["ControlOrMeta"] });
        await page
          .getByRole("button", { name: "Edit: Call" })
          .click({ modifiers: ["ControlOrMeta"] });
        await shoot(page, "tasks-selected");
        await page.getByRole("button", { name: "Tag", exact: true }).click();
        await page.getByRole("dialog").getByLabel("Tag").waitFor();
        await shoot(page, "tasks-tag-dialog");
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Date", exact: true }).click();
        await page.getByRole("dialog").getByText("Next week").waitFor();
        await shoot(page, "tasks-date-dialog");
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Clear the selection" }).click();

        await tick(page, "Renew the passport").click();
        await page.getByRole("button", { name: "Undo" }).waitFor();
        await shoot(page, "tasks-undo");
        await page.getByRole("button", { name: "Undo" }).click();
        await page.keyboard.press("Control+k");
        await page.getByRole("dialog", { name: "Every action" }).waitFor();
        await shoot(page, "palette");
        await page.keyboard.press("Escape");
        await page.locator("body").press("?");
        await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
        await shoot(page, "keys");
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "More" }).click();
        await page.getByRole("menuitem", { name: "Import" }).waitFor();
        await shoot(page, "more-menu");
        await page.getByRole("menuitem", { name: "Import" }).click();
        await page.locator("input[type=file]").setInputFiles({
          name: "bad.csv",
          mimeType: "text/csv",
          buffer: Buffer.from("title,dueDate\nFine,\nLate,tomorrow\n,2027-01-31\n"),
        });
        await page.getByText("Line 3").waitFor();
        await shoot(page, "import-refused");
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Account of" }).click();
        await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
        await shoot(page, "account-menu");
        await page.keyboard.press("Escape");
        if (width < 1024) {
          await page.getByRole("button", { name: /^Open/ }).click();
          await page.getByRole("dialog", { name: "Lists" }).waitFor();
          await shoot(page, "lists");
          await page.keyboard.press("Escape");
        }
        await allSent(page);
        await page.goto("/tasks/print?view=all");
        await page.getByText("Water the plants").waitFor();
        await shootAll(page, "print");
        await tickedAndDeleted(page);
        await page.goto("/tasks?view=deleted");
        await page.getByRole("button", { name: /^Restore/ }).waitFor();
        await shootAll(page, "deleted");
      });

      test("in trouble", async ({ page }) => {
        await signUp(page, "Ada Lovelace");
        await addTask(page, "Buy milk");
        await allSent(page);
        await page.route(changes, (route) => route.abort());
        await addTask(page, "Written in a tunnel");
        await page.getByText("is waiting").waitFor();
        await shoot(page, "tasks-unsent");
        await page.unrouteAll();
        await page.getByRole("button", { name: "Try now" }).click();
        await allSent(page);
        await page.route(changes, (route) =>
          route.fulfill({
            status: 500,
            contentType: "application/json",
            body: JSON.stringify([
              {
                error: {
                  message: "Something went wrong.",
                  code: -32603,
                  data: { code: "internal_error", httpStatus: 500 },
                },
              },
            ]),
          }),
        );
        await tick(page, "Buy milk").click();
        await page.getByRole("button", { name: "Try again" }).waitFor();
        await shoot(page, "tasks-refused");
        await page.unrouteAll();

        await page.route(list, (route) => new Promise(() => void route));
        await page.reload();
        await page.getByText("Loading your tasks").waitFor();
        await shootAll(page, "tasks-loading");
        await page.unrouteAll();
        await page.route(list, (route) => route.abort());
        await page.reload();
        await page.getByRole("button", { name: "Try again" }).waitFor();
        await shootAll(page, "tasks-unreachable");
      });
    });
  }
}

async function tickedAndDeleted(page: Page) {
  await page.goto("/tasks");
  await tick(page, "Water the plants").focus();
  await page.keyboard.press("Delete");
  await allSent(page);
}
