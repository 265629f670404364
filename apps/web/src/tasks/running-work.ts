import { holdPage } from "../forms/hold-page.ts";
import { holdName, namesInUse } from "./drafts/locks.ts";
import { newId } from "./model/change.ts";

const prefixOf = (userId: string) => `taskbridge.work.${userId}.`;
const here = new Set<string>();

/** Does what stops halfway if the page goes or its user signs out: whoever does either is asked before. */
export async function asWork<Result>(userId: string, work: () => Promise<Result>): Promise<Result> {
  const name = prefixOf(userId) + newId();
  const release = holdName(name);
  here.add(name);
  holdPage("work", true);
  try {
    return await work();
  } finally {
    release();
    here.delete(name);
    holdPage("work", here.size > 0);
  }
}

/** The names of what runs so on all of the user's pages in this browser; on this one alone, without locks. */
export async function runningWork(userId: string): Promise<string[]> {
  const names = new Set([...here, ...(await namesInUse())]);
  return [...names].filter((name) => name.startsWith(prefixOf(userId)));
}
