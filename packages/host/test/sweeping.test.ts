import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startSweeping } from "../src/sweeping.ts";

const fail = (error: unknown) => {
  throw error;
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("sweeps at the start and every hour, one after the other, until it is stopped", async () => {
  const calls: string[] = [];
  const sweep = (name: string) => async () => calls.push(name);
  const sweeping = startSweeping([sweep("a"), sweep("b")], fail);
  await vi.advanceTimersByTimeAsync(0);
  expect(calls).toEqual(["a", "b"]);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(calls).toEqual(["a", "b", "a", "b"]);
  await sweeping.stop();
  await vi.advanceTimersByTimeAsync(7_200_000);
  expect(calls).toHaveLength(4);
});

test("a sweep that fails is reported, and the others still run", async () => {
  const errors: unknown[] = [];
  const failure = new Error("The database is away.");
  const fails = () => Promise.reject(failure);
  const works = vi.fn(async () => 1);
  const sweeping = startSweeping([fails, works], (error) => errors.push(error));
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(errors).toEqual([failure, failure]);
  expect(works).toHaveBeenCalledTimes(2);
  await sweeping.stop();
});

test("stopping waits for the sweep under way, and begins no other", async () => {
  let finish = (_: number) => {};
  const first = new Promise<number>((resolve) => {
    finish = resolve;
  });
  const second = vi.fn(async () => 0);
  const sweeping = startSweeping([() => first, second], fail);
  let stopped = false;
  const stopping = sweeping.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(stopped).toBe(false);
  finish(1);
  await stopping;
  expect(second).not.toHaveBeenCalled();
});
