import { fileURLToPath } from "node:url";
import { type Page, test } from "@playwright/test";
import { addTask, allSent, signUp, tick } from "./people.ts";

const folder = fileURLToPath(new URL("../../../docs/images", import.meta.url));

/** A working day of somebody. */
async function withTasks(page: Page) {
  await signUp(page, "Ada Lovelace");
  for (const [line, title] of [
    ["Renew the passport !low #home", "Renew the passport"],
    ["Return the books to the library #home 12 dec", "Return the books to the library"],
    ["Proofread the notes on the engine #work", "Proofread the notes on the engine"],
    ["Call Grace about the numbers #work today", "Call Grace about the numbers"],
    ["Water the plants #home today", "Water the plants"],
    ["Write the report !high #work tomorrow", "Write the report"],
  ] as const) {
    await addTask(page, line, title);
  }
  await allSent(page);
}

test.describe("on a desk", () => {
  test.use({ viewport: { width: 1280, height: 760 } });

  test("quick add", async ({ page }) => {
    await withTasks(page);
    await page.getByLabel("New task").fill("Book a table !medium #home fri");
    await page.getByRole("list", { name: "Understood" }).getByText("Friday").waitFor();
    await page.screenshot({ path: `${folder}/tasks.png` });
  });

  test("editing, in the dark", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 1280, height: 860 });
    await withTasks(page);
    await page.getByRole("button", { name: "Edit: Write the report" }).click();
    const form = page.getByRole("form", { name: /Write the report/ });
    await form.getByLabel("Notes").fill("Numbers of the third quarter.\nAsk Grace for hers.");
    await page.screenshot({ path: `${folder}/editing.png` });
  });
});

test.describe("in a hand", () => {
  test.use({ viewport: { width: 390, height: 760 }, hasTouch: true });

  test("selecting", async ({ page }) => {
    await withTasks(page);
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Select" }).click();
    await page.getByRole("checkbox", { name: "Select: Water the plants" }).check();
    await page.getByRole("checkbox", { name: "Select: Call Grace about the numbers" }).check();
    await tick(page, "Renew the passport").waitFor();
    await page.screenshot({ path: `${folder}/phone.png` });
  });
});
