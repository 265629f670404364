const names = new Set<string>();
const ask = (event: BeforeUnloadEvent) => event.preventDefault();

/** Has the browser ask before the page goes, for as long as something is nowhere but in it. */
export function holdPage(name: string, held: boolean): void {
  if (held) names.add(name);
  else names.delete(name);
  if (names.size > 0) window.addEventListener("beforeunload", ask);
  else window.removeEventListener("beforeunload", ask);
}

/** Lets it go whatever is in it: somebody has said so. */
export function releasePage(): void {
  names.clear();
  window.removeEventListener("beforeunload", ask);
}
