import { type Change, isLocal } from "../../model/change.ts";
import { byOrder, type Entry } from "./entry.ts";
import type { OutboxStorage } from "./storage.ts";

export type Entries = ReturnType<typeof createEntries>;

/** What a user has unsent: what the browser's storage says, and in memory what there is no room for in it. */
export function createEntries(storage: OutboxStorage) {
  let all: readonly Entry[] = [];
  const unkept = new Map<string, Entry>();
  /** What has left for good: other pages' removals are seen a while after they are told. */
  const finished = new Set<string>();

  /** Reads anew; says whether anything has changed. */
  function refresh(): boolean {
    const stored = storage.read().filter(({ change: { id } }) => !unkept.has(id));
    const now = [...stored, ...unkept.values()]
      .filter(({ change }) => !finished.has(change.id))
      .sort(byOrder);
    const same = now.length === all.length && now.every((entry, at) => entry === all[at]);
    if (!same) all = now;
    return !same;
  }

  function put(entries: readonly Entry[]) {
    for (const entry of entries) {
      if (storage.write(entry)) unkept.delete(entry.change.id);
      else unkept.set(entry.change.id, entry);
    }
    const ids = new Set(entries.map(({ change }) => change.id));
    all = [...all.filter(({ change }) => !ids.has(change.id)), ...entries].sort(byOrder);
  }

  /** Not where another page has done with it meanwhile, or the user has signed out. */
  const has = ({ id }: Change) => !finished.has(id) && (unkept.has(id) || storage.has(id));

  const update = (entries: readonly Entry[]) => put(entries.filter(({ change }) => has(change)));

  return {
    all: () => all,
    isKept: () => unkept.size === 0,
    refresh,
    has,
    add: (changes: readonly Change[]) => {
      // Clocks are set back; what is done later comes later.
      const first = Math.max(Date.now(), (all.at(-1)?.order ?? 0) + 1);
      put(changes.map((change, at) => ({ change, order: first + at })));
    },
    update,
    remove: (ids: readonly string[]) => {
      for (const id of ids) {
        finished.add(id);
        unkept.delete(id);
        storage.remove(id);
      }
      all = all.filter(({ change }) => !ids.includes(change.id));
      // There may be room now.
      for (const [id, entry] of unkept) {
        if (!storage.write(entry)) break;
        unkept.delete(id);
      }
    },
    /** Finds the tasks that another page changed by the id they had until the server gave them one. */
    resolveMade: (): boolean => {
      const awaited = new Set(
        all.flatMap(({ change }) => (change.kind === "create" ? change.task.id : [])),
      );
      const found = all.flatMap((entry): Entry | [] => {
        const { change } = entry;
        const { id } = change.task;
        const made = isLocal(id) && !awaited.has(id) ? storage.madeAs(id) : undefined;
        if (!made) return [];
        const task = { ...change.task, id: made.id, version: made.version };
        return { ...entry, change: { ...change, task } };
      });
      update(found);
      return found.length > 0;
    },
  };
}
