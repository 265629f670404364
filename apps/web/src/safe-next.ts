const home = "/tasks";
/** No page of ours has a longer address, and each layer of encoding takes a pass over all of it. */
const MAX_LENGTH = 2_000;
const here = "http://here.invalid";

/** Not places to go to after sign-in: they send one back here, or are no pages at all. */
const noPages = /^\/(sign-in|sign-up|api|_next)(\/|$)/i;

/**
 * Where to go after sign-in: a page of this site, or the tasks. Whatever a browser would read as
 * another site (`//evil`, `/\evil`, a tab in between) is read here by the same rules and refused,
 * also where it is encoded and somebody on the way decodes it.
 */
export function safeNext(next: unknown): string {
  if (typeof next !== "string" || next.length > MAX_LENGTH || !isPage(next)) return home;
  const { pathname, search, hash } = new URL(next, here);
  return isPage(decoded(pathname)) ? pathname + search + hash : home;
}

function isPage(path: string): boolean {
  if (!path.startsWith("/") || !URL.canParse(path, here)) return false;
  const { origin, pathname } = new URL(path, here);
  return origin === here && !pathname.startsWith("//") && !noPages.test(pathname);
}

/** The path with all its encodings undone; "" where it cannot be. */
function decoded(path: string): string {
  try {
    const once = decodeURIComponent(path);
    return once === path ? path : decoded(once);
  } catch {
    return "";
  }
}
