import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { appUrl, signUp } from "./support/http.ts";

/** What a page of this Next loads that has nothing on it, in bytes. */
const EMPTY = 135_000;

/** The scripts that a page names, gzipped; without the polyfills that no browser of today loads. */
async function scriptBytes(path: string, cookie = ""): Promise<number> {
  const page = await fetch(appUrl() + path, { headers: { cookie }, redirect: "error" });
  const html = await page.text();
  const tags = html.match(/<script\b[^>]*>/g) ?? [];
  const sources = tags
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .flatMap((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? []);
  const sizes = await Promise.all(
    [...new Set(sources)].map(async (source) => {
      const script = await fetch(new URL(source.replaceAll("&amp;", "&"), appUrl()));
      return gzipSync(await script.text()).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

test.each(["/sign-in", "/sign-up"])("%s loads at most 35 kB above an empty page", async (path) => {
  const bytes = await scriptBytes(path);
  expect(bytes).toBeGreaterThan(EMPTY / 2);
  expect(bytes - EMPTY).toBeLessThanOrEqual(35_000);
});

test("the task page loads at most 90 kB above an empty page", async () => {
  const { cookie } = await signUp("Ada");
  const bytes = await scriptBytes("/tasks", cookie);
  expect(bytes).toBeGreaterThan(EMPTY);
  expect(bytes - EMPTY).toBeLessThanOrEqual(90_000);
});
