import { expect, type Page, test } from "@playwright/test";
import { addTask, signUpByForm } from "./people.ts";

/** What the browser refuses to do for the page's policy, on this page and those after it. */
async function violationsOf(page: Page): Promise<() => Promise<string[]>> {
  const said: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) said.push(message.text());
  });
  await page.exposeFunction("tellViolation", (text: string) => void said.push(text));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
      (window as never as { tellViolation: (text: string) => void }).tellViolation(
        `${violatedDirective} ${blockedURI} ${sample}`,
      ),
    );
  });
  return async () => {
    await page.waitForLoadState("networkidle");
    return said;
  };
}

test("no page does what its policy forbids", async ({ page }) => {
  const violations = await violationsOf(page);
  for (const path of [
    "/sign-in",
    "/sign-up",
    "/problems",
    "/problems/forbidden",
    "/no-such-page",
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect([path, await violations()]).toEqual([path, []]);
  }
  await signUpByForm(page, "Ada");
  await addTask(page, "Mend the fence");
  await page.reload();
  await expect(page.getByText("Mend the fence")).toBeVisible();
  expect(await violations()).toEqual([]);
});

test("nor does the API reference, opened and tried out", async ({ page }) => {
  const violations = await violationsOf(page);
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "API reference" }).click();
  await page.getByText("Add a task", { exact: true }).click();
  await page.getByRole("button", { name: "Try it out" }).click();
  await page.getByPlaceholder("user_id").fill("ada");
  await page.getByRole("button", { name: "Execute" }).click();
  await expect(page.getByText("token_missing").first()).toBeVisible();
  await page.getByText("List tasks", { exact: true }).click();
  await page.getByRole("button", { name: "Authorize" }).click();
  await page.getByRole("button", { name: "Close" }).click();
  expect(await violations()).toEqual([]);
});

test("a script that got into a page does not run, however it is written", async ({ page }) => {
  const violations = await violationsOf(page);
  await page.route("/sign-in", async (route) => {
    const response = await route.fetch();
    const intruders = [
      "<script>window.intruded = 1</script>",
      '<script nonce="bm90IHRoZSBub25jZSBvZiB0aGlz">window.intruded = 2</script>',
      '<script src="data:text/javascript,window.intruded=3"></script>',
      '<script src="https://evil.example/x.js"></script>',
      '<script src="/_next/static/../../api/x.js"></script>',
      '<script src="//evil.example/_next/static/x.js"></script>',
      '<img src="x:" onerror="window.intruded = 4">',
      '<base href="https://evil.example/">',
      '<iframe srcdoc="<script>parent.intruded = 5</script>"></iframe>',
      '<a id="lure" href="javascript:void(window.intruded = 6)">x</a>',
    ];
    const body = (await response.text()).replace("<body>", `<body>${intruders.join("")}`);
    await route.fulfill({ response, body });
  });
  await page.goto("/sign-in");
  await expect(page.locator("#lure")).toBeAttached();
  await page.locator("#lure").evaluate((link: HTMLElement) => link.click());
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  const intruded = () => page.evaluate(() => (window as { intruded?: number }).intruded);
  expect(await intruded()).toBeUndefined();
  expect(await page.evaluate(() => document.baseURI)).not.toContain("evil.example");
  // The browser tells of each one, so that the tests above would have heard of theirs.
  const told = (await violations()).join("\n");
  for (const directive of ["script-src-elem", "script-src-attr", "base-uri"]) {
    expect(told).toContain(directive);
  }
});

/** What another site sees of a path of ours in a frame. */
async function framed(page: Page, url: string): Promise<string> {
  await page.route("http://evil.example/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><iframe src="${url}"></iframe>`,
    }),
  );
  // Its end is waited for: a frame that is refused has an error page of the browser's.
  await page.goto("http://evil.example/", { waitUntil: "load" });
  return page.frames()[1]?.url() ?? "";
}

test("no other site can show a page in a frame", async ({ page, baseURL }) => {
  for (const path of ["/sign-in", "/docs", "/no-such-page", "/api/openapi.json"]) {
    expect(await framed(page, `${baseURL}${path}`)).toBe("chrome-error://chromewebdata/");
  }
  // Without those headers it could be, so that it is they who forbid it.
  await page.route("**/sign-in", (route) =>
    route.fulfill({ contentType: "text/html", body: "<h1>Sign in</h1>" }),
  );
  expect(await framed(page, `${baseURL}/sign-in`)).toBe(`${baseURL}/sign-in`);
});
