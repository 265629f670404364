import { TRPCClientError } from "@trpc/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  beginJob,
  type ImportCalls,
  sendParts,
  takeBack,
} from "../../src/tasks/transfer/import-job.ts";
import { MemoryStorage } from "../support/memory-storage.ts";

beforeEach(() => void vi.stubGlobal("localStorage", new MemoryStorage()));
afterEach(() => void vi.unstubAllGlobals());

/** A server that answers a key as it did the first time, behind a proxy that lets `most` tasks through. */
function server(most: number) {
  const answers = new Map<string, string[]>();
  const tasks = new Set<string>();
  const state = { fails: (_text: string) => false, losesAnswers: false };
  let made = 0;
  const add: ImportCalls["add"] = async (text, key) => {
    const count = JSON.parse(text).length;
    if (count > most) throw httpError(413);
    if (state.fails(text)) throw httpError(500);
    const before = answers.get(key);
    const ids = before ?? Array.from({ length: count }, () => String(made++));
    answers.set(key, ids);
    if (!before) for (const id of ids) tasks.add(id);
    if (state.losesAnswers) throw httpError(502);
    return { ids };
  };
  const remove = async (ids: string[]) => {
    for (const id of ids) tasks.delete(id);
  };
  return { add, remove, tasks, state };
}

const httpError = (status: number) =>
  Object.assign(new TRPCClientError("no"), { meta: { response: new Response(null, { status }) } });

const titles = ["a", "b", "c", "d"].map((title) => ({ title }));
const goesOn = () => true;

test("what was undone after a part had failed can be imported again", async () => {
  const calls = server(2);
  calls.state.fails = (text) => text.includes('"c"');
  const job = beginJob("ada", titles);
  await expect(sendParts(job, calls, goesOn)).rejects.toThrow();
  expect([job.sent, calls.tasks.size]).toEqual([1, 2]);
  await takeBack(job, calls);
  expect(calls.tasks.size).toBe(0);

  calls.state.fails = () => false;
  const again = beginJob("ada", titles);
  await sendParts(again, calls, goesOn);
  expect([...calls.tasks].sort()).toEqual(again.ids.sort());
  expect(again.ids).toHaveLength(4);
});

test("a part whose answer was lost is there once when its file is imported again", async () => {
  const calls = server(2);
  calls.state.losesAnswers = true;
  const job = beginJob("ada", titles);
  await expect(sendParts(job, calls, goesOn)).rejects.toThrow();
  await takeBack(job, calls);
  calls.state.losesAnswers = false;
  await sendParts(beginJob("ada", titles), calls, goesOn);
  expect(calls.tasks.size).toBe(4);
});
