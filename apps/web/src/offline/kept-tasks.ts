import type { Task } from "@taskbridge/contract";
import { parseKept, store } from "../lib/browser-storage.ts";
import type { ListFilter } from "../tasks/model/known.ts";
import type { DatedCounts } from "../tasks/model/known-counts.ts";

/** What this browser knows of the tasks of whoever is signed in, for the time that it is offline. */
export interface KeptTasks {
  userId: string;
  name: string;
  /** When the server was heard last, in milliseconds. */
  heardAt: number;
  tasks: readonly Task[];
  /** Of these lists, no task is missing here. */
  whole: readonly ListFilter[];
  counts?: DatedCounts | undefined;
}

/** One person is signed in at a time: there is one place, and whoever comes next takes it over. */
const NAME = "taskbridge.tasks";

/** As long as a session lives that nobody uses. */
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;

/** A tenth of what browsers give a site: what is not sent yet needs room as well. */
const MAX_LENGTH = 500_000;

/** Undefined where there is nothing, or nothing that may still be shown. */
export function readKept(storage: Storage = localStorage, now = Date.now()): KeptTasks | undefined {
  const text = storage.getItem(NAME);
  if (text === null) return undefined;
  const kept = parseKept(text) as KeptTasks | undefined;
  if (kept && now - kept.heardAt < MAX_AGE_MS) return { ...kept, whole: kept.whole ?? [] };
  storage.removeItem(NAME);
  return undefined;
}

/** The server has just said who is signed in. What is of anybody else goes. */
export function beginKeeping(
  { userId, name }: Pick<KeptTasks, "userId" | "name">,
  storage: Storage = localStorage,
  now = Date.now(),
): KeptTasks {
  const kept = readKept(storage, now);
  const known = kept?.userId === userId ? kept : { tasks: [], whole: [] };
  const begun = { ...known, userId, name, heardAt: now };
  write(begun, storage);
  return begun;
}

/**
 * Keeps what a page knows by now. Not where the place is empty or another's: then
 * somebody has signed out since this page began, and it has not heard of it.
 */
export function keep(
  { userId, ...known }: Omit<KeptTasks, "name">,
  storage: Storage = localStorage,
): void {
  const kept = readKept(storage);
  if (kept?.userId === userId) write({ ...kept, ...known }, storage);
}

/** Leaves nothing, or nothing of this one user. */
export function forgetKept(userId?: string, storage: Storage = localStorage): void {
  if (!userId || readKept(storage)?.userId === userId) storage.removeItem(NAME);
}

/** How many of the tasks there is room for, the first ones first. */
export function fitting(tasks: readonly Task[]): number {
  let length = 0;
  const tooMany = tasks.findIndex((task) => {
    length += JSON.stringify(task).length;
    return length > MAX_LENGTH;
  });
  return tooMany < 0 ? tasks.length : tooMany;
}

function write(kept: KeptTasks, storage: Storage): void {
  if (!store(storage, NAME, JSON.stringify(kept))) storage.removeItem(NAME);
}
