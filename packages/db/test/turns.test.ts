import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type EndTurn, Turns } from "../src/turns.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const at = (turns: Turns, userId: string) => turns.begin(userId, 1_000) as EndTurn;
/** The order in which those who line up get their turns, each of which ends before the next. */
async function orderOf(turns: Turns, users: string[], end: EndTurn): Promise<string[]> {
  const order: string[] = [];
  const all = users.map(async (userId) => {
    const endTheirs = await turns.begin(userId, 60_000);
    order.push(userId);
    endTheirs();
  });
  end();
  await Promise.all(all);
  return order;
}
/** A turn that takes so long. */
function work(turns: Turns, userId: string, ms: number): void {
  const end = at(turns, userId);
  vi.advanceTimersByTime(ms);
  end();
}

test("whoever is alone has all the turns there are, at once, and no more", async () => {
  const turns = new Turns(2);
  const ends = [at(turns, "ada"), at(turns, "ada")];
  expect(ends.every((end) => typeof end === "function")).toBe(true);
  expect(turns.begin("ada", 1_000)).toBeInstanceOf(Promise);
});

test("the one who had the least of the time lately is next, whoever came first", async () => {
  const turns = new Turns(1);
  work(turns, "ada", 500);
  work(turns, "bob", 20);
  const order = await orderOf(turns, ["ada", "ada", "bob", "cleo"], at(turns, "dora"));
  expect(order).toEqual(["cleo", "bob", "ada", "ada"]);
});

test("what somebody has under way counts, although nobody knows for how long", async () => {
  const turns = new Turns(2);
  work(turns, "bob", 50);
  at(turns, "ada");
  const order = await orderOf(turns, ["ada", "bob"], at(turns, "dora"));
  expect(order).toEqual(["bob", "ada"]);
});

test("among equals it is the one who has waited longest, and what was long ago counts for nothing", async () => {
  const turns = new Turns(1);
  work(turns, "ada", 500);
  vi.advanceTimersByTime(12_000);
  const order = await orderOf(turns, ["ada", "bob"], at(turns, "dora"));
  expect(order).toEqual(["ada", "bob"]);
});

test("what is expected to take long goes behind what is short, of the same user too", async () => {
  const turns = new Turns(1);
  const end = at(turns, "dora");
  const order: string[] = [];
  const line = [
    turns.begin("ada", 9_000, 1_000),
    turns.begin("ada", 9_000),
    turns.begin("bob", 9_000),
  ];
  const names = ["import", "list", "bob's list"];
  const all = line.map(async (turn, n) => {
    const endTheirs = await turn;
    order.push(names[n] ?? "");
    endTheirs();
  });
  end();
  await Promise.all(all);
  expect(order).toEqual(["list", "bob's list", "import"]);
});

test("a turn that does not come is an error, and passes nobody by", async () => {
  const turns = new Turns(1);
  const end = at(turns, "ada");
  const late = expect(turns.begin("bob", 1_000)).rejects.toThrow("timeout exceeded");
  const waiting = turns.begin("cleo", 5_000);
  await vi.advanceTimersByTimeAsync(1_000);
  await late;
  end();
  expect(await waiting).toBeTypeOf("function");
});
