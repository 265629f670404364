import { MAX_CHANGED_TASKS } from "@taskbridge/contract/rules";
import { failureOf } from "../../trpc/failure.ts";
import { type ImportPart, splitImport, splitSmaller, textOfPart } from "../model/split-import.ts";
import { forgetKeys, keysFor } from "./kept-keys.ts";

interface KeyedPart {
  tasks: ImportPart;
  /** Under which a retry of it is the same request. */
  key: string;
}

/** An import, as far as it is. */
export interface ImportJob {
  userId: string;
  parts: KeyedPart[];
  /** How many parts the server has, and as which tasks. */
  sent: number;
  ids: string[];
}

export interface ImportCalls {
  add: (text: string, key: string) => Promise<{ ids: string[] }>;
  remove: (ids: string[]) => Promise<unknown>;
}

function withKeys(userId: string, parts: readonly ImportPart[]): KeyedPart[] {
  const keys = keysFor(userId, parts.map(textOfPart));
  return parts.map((tasks, at) => ({ tasks, key: keys[at] as string }));
}

export function beginJob(userId: string, tasks: readonly object[]): ImportJob {
  const parts = splitImport(tasks.map((task) => JSON.stringify(task)));
  return { userId, parts: withKeys(userId, parts), sent: 0, ids: [] };
}

/** Cuts what is left of an import into smaller parts; says whether that could be done. */
function cutSmaller(job: ImportJob): boolean {
  const smaller = splitSmaller(job.parts.slice(job.sent).map(({ tasks }) => tasks));
  if (smaller) job.parts = [...job.parts.slice(0, job.sent), ...withKeys(job.userId, smaller)];
  return smaller !== undefined;
}

/** What the server has answered is done: to import it once more is something new. */
const forgetSentKeys = ({ userId, parts, sent }: ImportJob) =>
  forgetKeys(
    userId,
    parts.slice(0, sent).map(({ key }) => key),
  );

/** Sends the parts that are left, for as long as `goesOn` says so after each. */
export async function sendParts(job: ImportJob, { add }: ImportCalls, goesOn: () => boolean) {
  for (let part = job.parts[job.sent]; part; part = job.parts[job.sent]) {
    const added = await add(textOfPart(part.tasks), part.key).catch((error) => {
      if (failureOf(error).status === 413 && cutSmaller(job)) return undefined;
      throw error;
    });
    if (added) {
      job.sent += 1;
      job.ids.push(...added.ids);
    }
    if (!goesOn()) return;
  }
  forgetSentKeys(job);
}

/**
 * Deletes what was added; what somebody has deleted since is gone already. A part without an answer keeps its
 * key: the server may have it.
 */
export async function takeBack(job: ImportJob, { remove }: ImportCalls) {
  // First: under the same keys the server would answer with tasks that are gone.
  forgetSentKeys(job);
  for (let at = 0; at < job.ids.length; at += MAX_CHANGED_TASKS) {
    await remove(job.ids.slice(at, at + MAX_CHANGED_TASKS));
  }
}
