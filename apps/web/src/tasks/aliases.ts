/** Tasks that got their id while the page knew them by another. */
export function createAliases() {
  const ids = new Map<string, string>();
  const keys = new Map<string, string>();
  return {
    add: (local: string, id: string) => {
      ids.set(local, id);
      keys.set(id, local);
    },
    /** The server's id of what was made here. */
    idOf: (key: string) => ids.get(key) ?? key,
    /** What stays the same for as long as the page is there. */
    keyOf: (id: string) => keys.get(id) ?? id,
  };
}
