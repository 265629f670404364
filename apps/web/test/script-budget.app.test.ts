import { expect, test } from "vitest";
import { appUrl, signUp } from "./support/http.ts";
import { EMPTY_PAGE, scriptBytes } from "./support/script-bytes.ts";

test.each(["/sign-in", "/sign-up"])("%s loads at most 35 kB above an empty page", async (path) => {
  const bytes = await scriptBytes(appUrl() + path);
  expect(bytes).toBeGreaterThan(EMPTY_PAGE / 2);
  expect(bytes - EMPTY_PAGE).toBeLessThanOrEqual(35_000);
});

test("the task page loads at most 110 kB above an empty page", async () => {
  const { cookie } = await signUp("Ada");
  const bytes = await scriptBytes(`${appUrl()}/tasks`, cookie);
  expect(bytes).toBeGreaterThan(EMPTY_PAGE);
  expect(bytes - EMPTY_PAGE).toBeLessThanOrEqual(110_000);
});
