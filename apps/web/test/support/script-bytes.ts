import { gzipSync } from "node:zlib";

/** What a page of this Next loads that has nothing on it, in bytes. */
export const EMPTY_PAGE = 135_000;

/** The scripts that a page names, gzipped; without the polyfills that no browser of today loads. */
export async function scriptBytes(url: string, cookie = ""): Promise<number> {
  const page = await fetch(url, { headers: { cookie }, redirect: "error" });
  const html = await page.text();
  const tags = html.match(/<script\b[^>]*>/g) ?? [];
  const sources = tags
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .flatMap((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? []);
  const sizes = await Promise.all(
    [...new Set(sources)].map(async (source) => {
      const script = await fetch(new URL(source.replaceAll("&amp;", "&"), url));
      return gzipSync(await script.text()).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
