import { describe, expect, test } from "vitest";
import { createLeasedLimit, type SharedLimits } from "../src/index.ts";

const windowSeconds = 60;

/** What the database would say, and how often it was asked. */
function shared() {
  let clock = 1_000;
  let asked = 0;
  const counts = new Map<string, { count: number; endsAt: number }>();
  const limits: SharedLimits = {
    async take(key, { max }, amount = 1) {
      asked += 1;
      await Promise.resolve();
      const known = counts.get(key);
      const row =
        known && known.endsAt > clock ? known : { count: 0, endsAt: clock + windowSeconds * 1000 };
      row.count += amount;
      counts.set(key, row);
      const left = max - row.count;
      const granted = Math.min(amount, Math.max(0, left + amount));
      return { granted, left: Math.max(0, left), resetMs: row.endsAt - clock };
    },
  };
  return {
    limits,
    asked: () => asked,
    pass: (ms: number) => {
      clock += ms;
    },
    process: (max: number, maxKeys?: number) =>
      createLeasedLimit(limits, { max, windowSeconds, maxKeys, now: () => clock }),
  };
}

/** So many calls, one after the other. */
async function calls(limit: ReturnType<typeof createLeasedLimit>, count: number, key = "ada") {
  const taken = [];
  for (let at = 0; at < count; at += 1) taken.push(await limit.take(key));
  return taken;
}

const allowed = (taken: { allowed: boolean }[]) => taken.filter((call) => call.allowed).length;

test("one process hands out the whole limit, and asks a dozen times for it", async () => {
  const { process, asked } = shared();
  const taken = await calls(process(600), 700);
  expect(taken.slice(0, 600).map(({ left }) => left)).toEqual(
    Array.from({ length: 600 }, (_, at) => 599 - at),
  );
  expect(allowed(taken)).toBe(600);
  // The refused ones are not asked for.
  expect(asked()).toBe(12);
});

test("calls at the same moment wait for one answer", async () => {
  const { process, asked } = shared();
  const limit = process(24);
  const taken = await Promise.all(Array.from({ length: 30 }, () => limit.take("ada")));
  expect(allowed(taken)).toBe(24);
  expect(asked()).toBe(12);
});

test.each([1, 5, 12, 13, 600])("several processes never hand out more than %i", async (max) => {
  const { process } = shared();
  const processes = Array.from({ length: 4 }, () => process(max));
  const taken = await Promise.all(processes.map((limit) => calls(limit, max)));
  expect(allowed(taken.flat())).toBe(max);
});

test("what another process has leased and does not use is lacking, and no more than that", async () => {
  const { process } = shared();
  const [first, second] = [process(600), process(600)];
  await first.take("ada");
  expect(allowed(await calls(second, 600))).toBe(550);
  expect(allowed(await calls(first, 600))).toBe(49);
});

test("the count begins anew with the window, and leases of the last one are worth nothing", async () => {
  const { process, pass } = shared();
  const limit = process(12);
  await calls(limit, 5);
  pass(59_999);
  expect(await limit.take("ada")).toEqual({ allowed: true, left: 6, resetMs: 1 });
  pass(1);
  expect(await limit.take("ada")).toEqual({ allowed: true, left: 11, resetMs: 60_000 });
  expect(allowed(await calls(limit, 12))).toBe(11);
});

test("each key has a limit of its own", async () => {
  const { process } = shared();
  const limit = process(12);
  expect(allowed(await calls(limit, 20))).toBe(12);
  expect(allowed(await calls(limit, 20, "bob"))).toBe(12);
});

describe("the keys that are remembered", () => {
  test("are no more than so many; one that was forgotten is asked for again", async () => {
    const { process, asked } = shared();
    const limit = process(120, 2);
    for (const key of ["ada", "bob", "eve"]) await limit.take(key);
    expect(asked()).toBe(3);
    await limit.take("eve");
    expect(asked()).toBe(3);
    expect(await limit.take("ada")).toMatchObject({ left: 109 });
    expect(asked()).toBe(4);
  });
});

test("where the database cannot be asked every waiting call is told, and the next asks again", async () => {
  const { limits } = shared();
  let down = true;
  const limit = createLeasedLimit(
    { take: async (...args) => (down ? Promise.reject(new Error("down")) : limits.take(...args)) },
    { max: 12, windowSeconds },
  );
  const answers = await Promise.allSettled([limit.take("ada"), limit.take("ada")]);
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  down = false;
  expect((await limit.take("ada")).allowed).toBe(true);
});
