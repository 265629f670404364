import { WallError } from "@taskbridge/db";
import { expect, test, vi } from "vitest";
import { watchWalls } from "../src/wall-watch.ts";

test("walls that fall are noticed, told once, and so is that they stand again", async () => {
  vi.useFakeTimers();
  const fallen = new WallError("Requests could do much.");
  const found: (Error | undefined)[] = [
    fallen,
    fallen,
    new Error("connect ECONNREFUSED"),
    undefined,
  ];
  const told: [boolean, unknown][] = [];
  const watch = watchWalls({
    check: async () => {
      const error = found.shift();
      if (error) throw error;
    },
    onChange: (stands, error) => told.push([stands, error]),
    everyMs: 30_000,
    apartMs: 5_000,
  });
  expect(watch.stands()).toBe(true);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(watch.stands()).toBe(false);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(watch.stands()).toBe(true);
  expect(told.map(([stands]) => stands)).toEqual([false, false, true]);
  expect(told[0]).toEqual([false, fallen]);
  await watch.stop();
  vi.useRealTimers();
});

test("what is suspected is looked at soon, and not all the time", async () => {
  vi.useFakeTimers();
  const check = vi.fn(async () => {});
  const watch = watchWalls({ check, onChange: () => {}, everyMs: 30_000, apartMs: 5_000 });
  for (let ms = 0; ms < 20_000; ms += 100) {
    watch.suspect();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(check.mock.calls.length).toBeGreaterThanOrEqual(3);
  expect(check.mock.calls.length).toBeLessThanOrEqual(4);
  await watch.stop();
  vi.useRealTimers();
});
