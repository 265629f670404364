import { expect, type Page, test } from "@playwright/test";

/** Where a page sends requests to, and what its content security policy forbids it. */
function watch(page: Page) {
  const seen = { foreign: [] as string[], violations: [] as string[] };
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    const own = origin === new URL(page.url()).origin || page.url() === "about:blank";
    if (protocol.startsWith("http") && !own) seen.foreign.push(request.url());
  });
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) seen.violations.push(message.text());
  });
  return seen;
}

test("the API reference shows every operation, and asks no other host", async ({ page }) => {
  const seen = watch(page);
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
  expect(seen.foreign).toEqual([]);
});

test("the API reference works where no inline script and no eval is allowed", async ({ page }) => {
  const seen = watch(page);
  await page.route("/docs", async (route) => {
    const response = await route.fetch();
    const policy =
      "default-src 'self'; script-src 'self' 'nonce-n'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'";
    await route.fulfill({
      response,
      body: (await response.text()).replaceAll("<script", '<script nonce="n"'),
      headers: { ...response.headers(), "content-security-policy": policy },
    });
  });
  await page.goto("/docs");
  await page.getByText("List tasks", { exact: true }).click();
  await expect(page.getByText("Responses", { exact: true })).toBeVisible();
  expect(seen.violations).toEqual([]);
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
