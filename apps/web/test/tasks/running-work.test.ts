import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { asWork, runningWork } from "../../src/tasks/running-work.ts";

const asks = new EventTarget();
/** Whether the browser would ask before the page goes. */
const holds = () => !asks.dispatchEvent(new Event("beforeunload", { cancelable: true }));
const elsewhere = "taskbridge.work.ada.elsewhere";

beforeEach(() => void vi.stubGlobal("window", asks));
afterEach(() => void vi.unstubAllGlobals());

test("what runs holds the page and is counted until it has ended, however it ends", async () => {
  vi.stubGlobal("navigator", {});
  let fail = (_: Error) => {};
  const failing = asWork("ada", () => new Promise((_, reject) => (fail = reject)));
  const other = asWork("ada", async () => 7);
  expect([holds(), (await runningWork("ada")).length]).toEqual([true, 2]);
  expect(await other).toBe(7);
  expect([holds(), (await runningWork("ada")).length]).toEqual([true, 1]);
  expect(await runningWork("grace")).toEqual([]);
  fail(new Error("no"));
  await expect(failing).rejects.toThrow("no");
  expect([holds(), await runningWork("ada")]).toEqual([false, []]);
});

test("what runs on the user's other pages is counted, too", async () => {
  const held = [{ name: elsewhere }, { name: "taskbridge.work.grace.x" }, { name: "a draft" }];
  vi.stubGlobal("navigator", { locks: { query: async () => ({ held }) } });
  expect(await runningWork("ada")).toEqual([elsewhere]);
});
