import { namesIn, parseKept, removeAll, store } from "../../lib/browser-storage.ts";
import { newId } from "../model/change.ts";

const prefixOf = (userId: string) => `taskbridge.import-key.${userId}.`;
/** The version before kept them without their user. */
const EARLIER_PREFIX = "taskbridge.import.";
/** Somewhat less than the server remembers a key for. */
const KEPT_MS = 23 * 60 * 60 * 1000;

interface Kept {
  key: string;
  at: number;
}

/**
 * The keys under which a user's texts are imported, in their order. A text has the same key again until it is
 * forgotten, also after a reload: so a file whose answer was lost is not imported twice. Of texts that are the
 * same in one file, each has its own.
 */
export function keysFor(userId: string, texts: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const digest = digestOf(text);
    const nth = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, nth);
    const name = `${prefixOf(userId)}${digest}.${nth}`;
    const kept = keyAt(name);
    if (kept) return kept;
    const key = newId();
    // Where there is no room, it is the same for as long as the page is there.
    store(localStorage, name, JSON.stringify({ key, at: Date.now() } satisfies Kept));
    return key;
  });
}

/** What they stand for is done, and to do it again is something new. */
export function forgetKeys(userId: string, keys: readonly string[]): void {
  for (const name of namesIn(localStorage, prefixOf(userId))) {
    if (keys.includes(keyAt(name) ?? "")) localStorage.removeItem(name);
  }
}

export function forgetAllKeys(userId: string): void {
  for (const prefix of [prefixOf(userId), EARLIER_PREFIX]) removeAll(localStorage, prefix);
}

/** Undefined where there is none, or the server has forgotten it. */
function keyAt(name: string): string | undefined {
  const kept = parseKept(localStorage.getItem(name)) as Partial<Kept> | undefined;
  return Date.now() - (kept?.at ?? 0) < KEPT_MS ? kept?.key : undefined;
}

/** Tells texts apart; two that it does not, the server does. Browsers have no better one on plain HTTP. */
function digestOf(text: string): string {
  let [left, right] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    left = Math.imul(left ^ code, 0x01000193);
    right = Math.imul(right ^ code, 0x85ebca6b);
    right ^= right >>> 13;
  }
  return [text.length, left >>> 0, right >>> 0].map((part) => part.toString(36)).join("-");
}
