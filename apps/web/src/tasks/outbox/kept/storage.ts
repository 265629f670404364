import { namesIn, store } from "../../../lib/browser-storage.ts";
import { forgetKept } from "../../../offline/kept-tasks.ts";
import { forgetAllKeys } from "../../transfer/kept-keys.ts";
import { forgetSent } from "../last-sent.ts";
import { adoptEarlier, countEarlier, earlierPrefix } from "./earlier-format.ts";
import { type Entry, readEntry, writeEntry } from "./entry.ts";
import { forgetMade, type Made, madeAs, noteMade } from "./made-tasks.ts";

/** What all pages of one user in this browser have to do still. */
export interface OutboxStorage {
  read: () => Entry[];
  has: (id: string) => boolean;
  /** False where the browser has no room: then the entry is nowhere but in this page. */
  write: (entry: Entry) => boolean;
  remove: (id: string) => void;
  /** How many there are that `read` leaves out: other versions of this page have written them. */
  countOthers: () => number;
  noteMade: (localId: string, made: Made) => void;
  /** What has become of a task that was made in this browser. */
  madeAs: (localId: string) => Made | undefined;
  /** Takes over what pages of the version before have left behind. */
  adopt: () => Promise<void>;
  /** Calls whenever another page has changed something, until the function that it returns is called. */
  subscribe: (listener: () => void) => () => void;
  /** Of all that is kept, what earlier versions have written included. */
  names: () => string[];
  /** Forgets all that this user's pages have kept; of what is unsent only what is `lost`, where that is given. */
  clear: (lost?: ReadonlySet<string>) => void;
}

/**
 * Each entry has a place of its own in the browser's storage, so that no two pages ever write to one. The
 * name must not begin as that of the version before does, whose pages take all of those for their own.
 */
export function createOutboxStorage(userId: string): OutboxStorage {
  const prefix = `taskbridge.outbox-entry.${userId}.`;
  const nameOf = (id: string) => prefix + id;
  /** What was read last, by its text: so it is the same object for as long as it is the same. */
  const known = new Map<string, { text: string; entry: Entry | undefined }>();

  function entryAt(name: string): Entry | undefined {
    const text = localStorage.getItem(name);
    if (text === null) return undefined;
    const last = known.get(name);
    if (last?.text === text) return last.entry;
    const entry = readEntry(text);
    known.set(name, { text, entry });
    return entry;
  }

  const storage: OutboxStorage = {
    read: () => namesIn(localStorage, prefix).flatMap((name) => entryAt(name) ?? []),
    has: (id) => localStorage.getItem(nameOf(id)) !== null,
    write: (entry) => {
      const name = nameOf(entry.change.id);
      const text = writeEntry(entry);
      // What the server has as well makes room for what nobody else has.
      if (!store(localStorage, name, text, forgetKept)) return false;
      known.set(name, { text, entry });
      return true;
    },
    remove: (id) => {
      localStorage.removeItem(nameOf(id));
      known.delete(nameOf(id));
    },
    countOthers: () =>
      namesIn(localStorage, prefix).filter((name) => !entryAt(name)).length + countEarlier(userId),
    noteMade: (localId, made) => noteMade(userId, localId, made),
    madeAs: (localId) => madeAs(userId, localId),
    adopt: () => adoptEarlier(userId, storage.write),
    subscribe: (listener) => {
      const onStorage = ({ key }: StorageEvent) => {
        if (key === null || key.startsWith(prefix)) listener();
      };
      window.addEventListener("storage", onStorage);
      return () => window.removeEventListener("storage", onStorage);
    },
    names: () => [prefix, earlierPrefix(userId)].flatMap((start) => namesIn(localStorage, start)),
    clear: (lost) => {
      for (const name of storage.names()) {
        if (lost?.has(name) ?? true) localStorage.removeItem(name);
      }
      known.clear();
      forgetMade(userId);
      forgetSent();
      forgetAllKeys(userId);
    },
  };
  return storage;
}
