import { parseKept, store } from "../../lib/browser-storage.ts";

interface DraftsOptions {
  storage: Storage;
  /** Called where the storage is full, before a second try. */
  makeRoom: () => void;
  /** Whether the user has signed out elsewhere: nothing of theirs is kept any more, but in this page. */
  hasSignedOut: () => boolean;
  /** Whether what was kept in a place is kept in another by now: its task has got its id. */
  isMoved: (key: string) => boolean;
  /** Told whether something is nowhere but in this page. */
  onUnkept: (unkept: boolean) => void;
}

export type Drafts = ReturnType<typeof createDrafts>;

const PREFIX = "taskbridge.draft.";
const prefixOf = (userId: string) => `${PREFIX}${userId}.`;

export const isDraftKey = (key: string) => key.startsWith(PREFIX);
export const afterPrefix = (key: string) => key.slice(PREFIX.length);

/** Where a user's draft is kept: `task.` and a task's id, or a field's name. */
export const draftKey = (userId: string, name: string) => prefixOf(userId) + name;

/**
 * What is typed and not saved yet, as it is kept in the browser with every key. One place may be
 * written by several pages: the newest text is kept, and a page whose own was replaced holds on to it.
 */
export function createDrafts(options: DraftsOptions) {
  const { storage, makeRoom, hasSignedOut, isMoved, onUnkept } = options;
  /** What stands in the fields of this page, by its place, and whether it was typed here. */
  const open = new Map<string, { text: string | undefined; typed: boolean }>();
  /** What the browser has no room for, what is not kept any more, or whose place a newer text has taken. */
  const unkept = new Map<string, string>();
  const listeners = new Set<() => void>();
  let full = false;
  let version = 0;

  function changed() {
    version += 1;
    onUnkept(unkept.size > 0);
    for (const listener of listeners) listener();
  }

  function put(key: string, text: string) {
    const isNew = get(key) === undefined;
    const wasUnkept = unkept.has(key);
    const mayKeep = !hasSignedOut();
    // What the server has as well makes room for what nobody else has.
    const kept = mayKeep && store(storage, key, text, makeRoom);
    if (kept) unkept.delete(key);
    else unkept.set(key, text);
    const wasFull = full;
    full = mayKeep && !kept;
    if (isNew || wasFull !== full || wasUnkept === kept) changed();
  }

  const get = (key: string) => unkept.get(key) ?? storage.getItem(key) ?? undefined;

  function remove(key: string) {
    unkept.delete(key);
    storage.removeItem(key);
    // There may be room now; not in the place of a newer text.
    for (const [other, text] of hasSignedOut() ? [] : unkept)
      if (storage.getItem(other) === null && store(storage, other, text)) unkept.delete(other);
    if (unkept.size === 0) full = false;
    changed();
  }

  const keysOf = (userId: string) => {
    const keys = new Set([...Object.keys(storage), ...unkept.keys()]);
    return [...keys].filter((key) => key.startsWith(prefixOf(userId)));
  };

  /** What only this page has. */
  function forgetOwn() {
    open.clear();
    unkept.clear();
    full = false;
    changed();
  }

  return {
    /** Undefined where there is nothing, or nothing that this page can read. */
    read: (key: string): unknown => parseKept(get(key)),
    /** A field has been opened with what `read` gave, and is closed again by the function it returns. */
    open: (key: string) => {
      open.set(key, { text: get(key), typed: false });
      changed();
      return () => {
        open.delete(key);
        changed();
      };
    },
    isOpen: (key: string) => open.has(key),
    /** Keeps what has been typed. */
    write: (key: string, value: unknown) => {
      const text = JSON.stringify(value);
      if (open.has(key)) open.set(key, { text, typed: true });
      put(key, text);
    },
    /** It is saved, or thrown away. What another page has typed since stays. */
    drop: (key: string) => {
      const mine = open.get(key);
      const stored = storage.getItem(key) ?? undefined;
      if (mine) open.set(key, { text: undefined, typed: false });
      if (get(key) === undefined) return;
      if (!mine || stored === undefined || stored === mine.text) return remove(key);
      unkept.delete(key);
      changed();
    },
    /** A task got its id. */
    move: (from: string, to: string, change: (value: unknown) => unknown) => {
      const value = parseKept(get(from));
      if (value === undefined || from === to) return;
      remove(from);
      put(to, JSON.stringify(change(value)));
    },
    keysOf,
    /** The browser has no room for what is typed. */
    isFull: () => full,
    /** Another page has written or removed what is kept. */
    hear: (key: string, text: string | null) => {
      const mine = open.get(key);
      if (mine?.text !== undefined && !hasSignedOut() && !isMoved(key)) {
        // Thrown away there, and still to be seen here.
        if (text === null) return put(key, mine.text);
        if (text === mine.text) unkept.delete(key);
        else if (mine.typed) unkept.set(key, mine.text);
      }
      changed();
    },
    forgetOwn,
    forget: (userId: string, lost?: ReadonlySet<string>) => {
      for (const key of keysOf(userId)) if (lost?.has(key) ?? true) storage.removeItem(key);
      forgetOwn();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    version: () => version,
    /** Something else than a draft has changed what there is to say of them. */
    refresh: changed,
  };
}
