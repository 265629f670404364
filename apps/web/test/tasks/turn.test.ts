import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTurns } from "../../src/tasks/outbox/turn.ts";
import { MemoryStorage } from "../support/memory-storage.ts";
import { OwnLocks } from "../support/own-locks.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("localStorage", new MemoryStorage());
  vi.stubGlobal("navigator", { locks: new OwnLocks() });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Work that ends when the test says so. */
function work() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let isMine: (() => boolean) | undefined;
  const run = vi.fn((mine: () => boolean) => {
    isMine = mine;
    return ended;
  });
  return { run, end, isMine: () => isMine?.() };
}

test("pages work one after the other, however long it takes, and leave nothing", async () => {
  const [first, second] = [work(), work()];
  const both = [createTurns("t")(first.run), createTurns("t")(second.run)];
  await vi.advanceTimersByTimeAsync(120_000);
  expect([first.isMine(), second.run.mock.calls.length]).toEqual([true, 0]);
  first.end();
  await vi.advanceTimersByTimeAsync(1);
  expect(second.isMine()).toBe(true);
  second.end();
  await Promise.all(both);
  expect(Object.keys(localStorage)).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a turn is taken from a page that stands still, once, and it learns that", async () => {
  const [frozen, second, third] = [work(), work(), work()];
  const holding = createTurns("t")(frozen.run);
  // It beats no more.
  vi.clearAllTimers();
  const others = [createTurns("t")(second.run), createTurns("t")(third.run)];
  await vi.advanceTimersByTimeAsync(9_000);
  expect(second.run).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(3_000);
  const running = [second, third].filter(({ isMine }) => isMine());
  expect([frozen.isMine(), running.length]).toEqual([false, 1]);
  // What is under way there ends by itself, and takes nothing from the page whose turn it is.
  frozen.end();
  await holding;
  expect(localStorage.getItem("t")).not.toBeNull();
  for (const { end } of [second, third]) end();
  await Promise.all(others);
  expect([second.run.mock.calls.length, third.run.mock.calls.length]).toEqual([1, 1]);
  expect(localStorage.getItem("t")).toBeNull();
});

test("a page that fails gives its turn up", async () => {
  const failing = createTurns("t")(() => Promise.reject(new Error("broken")));
  await expect(failing).rejects.toThrow("broken");
  const { run, end } = work();
  end();
  await createTurns("t")(run);
  expect(run).toHaveBeenCalledOnce();
});
