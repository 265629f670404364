import type { Task } from "@taskbridge/contract";
import { isLocal } from "./model/change.ts";

/**
 * Tasks that got their id while the page knew them by another. `madeAs` knows what other pages have sent that
 * this one has not heard of yet.
 */
export function createAliases(madeAs: (local: string) => Pick<Task, "id"> | undefined) {
  const ids = new Map<string, string>();
  const keys = new Map<string, string>();
  return {
    add: (local: string, id: string) => {
      ids.set(local, id);
      keys.set(id, local);
    },
    /** The server's id of what was made here. */
    idOf: (key: string) => ids.get(key) ?? (isLocal(key) ? madeAs(key)?.id : undefined) ?? key,
    /** What stays the same for as long as the page is there. */
    keyOf: (id: string) => keys.get(id) ?? id,
  };
}
