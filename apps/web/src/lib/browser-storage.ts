/** The names in a browser's storage that begin so. */
export const namesIn = (storage: Storage, prefix: string): string[] =>
  Object.keys(storage).filter((name) => name.startsWith(prefix));

export function removeAll(storage: Storage, prefix: string): void {
  for (const name of namesIn(storage, prefix)) storage.removeItem(name);
}

/** What was kept as JSON; undefined where there is nothing, or nothing that can be read. */
export function parseKept(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? "") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Says whether there was room for it; where there is none, it tries once more after `makeRoom`. */
export function store(
  storage: Storage,
  name: string,
  text: string,
  makeRoom?: () => void,
): boolean {
  try {
    storage.setItem(name, text);
    return true;
  } catch {
    makeRoom?.();
    return makeRoom !== undefined && store(storage, name, text);
  }
}
