const home = "/tasks";
const here = "http://here.invalid";

/**
 * Where to go after sign-in: a path of this site, or the tasks. Whatever a browser would read as
 * another site (`//evil`, `/\evil`, a tab in between) is read here by the same rules and refused.
 */
export function safeNext(next: unknown): string {
  if (typeof next !== "string" || !next.startsWith("/") || !URL.canParse(next, here)) return home;
  const url = new URL(next, here);
  const path = url.pathname + url.search + url.hash;
  return url.origin === here && !path.startsWith("//") ? path : home;
}
