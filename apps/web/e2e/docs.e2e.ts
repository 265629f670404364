import { expect, type Page, test } from "@playwright/test";

/** Which requests a page sends elsewhere. */
function foreignRequests(page: Page): string[] {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    const own = origin === new URL(page.url()).origin || page.url() === "about:blank";
    if (protocol.startsWith("http") && !own) foreign.push(request.url());
  });
  return foreign;
}

test("the API reference shows every operation, and asks no other host", async ({ page }) => {
  const foreign = foreignRequests(page);
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "API reference" }).click();
  await expect(page.getByRole("heading", { name: /^Taskbridge/ })).toBeVisible();
  const { paths } = await (await page.request.get("/api/openapi.json")).json();
  const operations = Object.values<object>(paths).flatMap((item) =>
    Object.keys(item).filter((key) => key !== "parameters"),
  );
  await expect(page.locator(".opblock")).toHaveCount(operations.length);
  await page.getByText("Add a task", { exact: true }).click();
  await expect(page.getByText("Request body")).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(foreign).toEqual([]);
});

test("the reference can be tried out with a token of one's own", async ({ page }) => {
  await page.goto("/docs");
  await page.getByRole("button", { name: "Authorize" }).click();
  await page.locator("#auth-bearer-value").fill("no.real.token");
  await page.getByRole("button", { name: "Apply credentials" }).click();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByText("Count tasks", { exact: true }).click();
  await page.getByRole("button", { name: "Try it out" }).click();
  await page.getByPlaceholder("user_id").fill("ada");
  const answered = page.waitForResponse("**/api/ada/tasks/counts");
  await page.getByRole("button", { name: "Execute" }).click();
  const answer = await answered;
  expect([answer.status(), (await answer.json()).code]).toEqual([401, "token_malformed"]);
});
