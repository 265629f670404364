import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type EndTurn, Turns } from "../src/turns.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const at = (turns: Turns, userId: string) => turns.begin(userId, 1_000) as EndTurn;
const patient = 60_000;

/** A turn that takes so long. */
function work(turns: Turns, userId: string, ms: number): void {
  const end = at(turns, userId);
  vi.advanceTimersByTime(ms);
  end();
}

type Asking = [userId: string, takesMs: number];

/** The order in which those who line up get their turns. */
async function orderOf(turns: Turns, end: EndTurn, asking: Asking[]): Promise<string> {
  const order: string[] = [];
  const all = asking.map(async ([userId, takesMs]) => {
    const endTheirs = await turns.begin(userId, patient);
    order.push(userId);
    vi.advanceTimersByTime(takesMs);
    endTheirs();
  });
  end();
  await Promise.all(all);
  return order.join(" ");
}

test("whoever is alone has all the turns there are, at once, and no more", () => {
  const turns = new Turns(2);
  const ends = [at(turns, "ada"), at(turns, "ada")];
  expect(ends.every((end) => typeof end === "function")).toBe(true);
  expect(turns.begin("ada", 1_000)).toBeInstanceOf(Promise);
});

test("one who asks for much waits for those who ask for little, whoever came first", async () => {
  const turns = new Turns(1);
  const much: Asking[] = Array.from({ length: 4 }, () => ["ada", 50]);
  const order = await orderOf(turns, at(turns, "dora"), [...much, ["bob", 5], ["cleo", 5]]);
  expect(order).toBe("ada bob cleo ada ada ada");
});

test("what took long counts afterwards, and among equals it is the one who waits longest", async () => {
  const turns = new Turns(1);
  const end = at(turns, "dora");
  const first = turns.begin("ada", patient);
  const rest = orderOf(turns, end, [["bob", 5]]);
  const endAda = await first;
  vi.advanceTimersByTime(800);
  const order = orderOf(turns, endAda, [
    ["ada", 5],
    ["cleo", 5],
    ["erin", 5],
  ]);
  expect(`${await rest} ${await order}`).toBe("bob cleo erin ada");
});

test("nobody is passed by for ever: who had much before is at most two seconds behind", async () => {
  const turns = new Turns(1);
  work(turns, "ada", 60_000);
  const end = at(turns, "bob");
  const asking: Asking[] = [
    ["ada", 5],
    ...Array.from({ length: 9 }, (_, n): Asking => [`user ${n}`, 50]),
  ];
  const served: string[] = [];
  const again = async ([userId, takesMs]: Asking): Promise<void> => {
    const endTheirs = await turns.begin(userId, patient);
    served.push(userId);
    vi.advanceTimersByTime(takesMs);
    endTheirs();
    if (!served.includes("ada")) await again([userId, takesMs]);
  };
  const all = asking.map(again);
  end();
  await Promise.all(all);
  // The others have 50 ms each time.
  expect(served.indexOf("ada")).toBeLessThan(2_500 / 50);
});

test("whoever was alone owes nobody anything for it", async () => {
  const turns = new Turns(1);
  for (let n = 0; n < 100; n += 1) work(turns, "ada", 50);
  vi.advanceTimersByTime(6_000);
  expect(
    await orderOf(turns, at(turns, "dora"), [
      ["ada", 5],
      ["bob", 5],
    ]),
  ).toBe("ada bob");
});

test("whoever has spent most of their patience is next, however many ask for little in turn", async () => {
  const turns = new Turns(1);
  work(turns, "ada", 1_000);
  const end = at(turns, "dora");
  let served = 0;
  const others = Array.from({ length: 24 }, async (_, n) => {
    for (let calls = 0; calls < 100; calls += 1) {
      const endTheirs = await turns.begin(`user ${n}`, patient);
      vi.advanceTimersByTime(5);
      served += 1;
      endTheirs();
    }
  });
  const waiting = turns.begin("ada", 3_500);
  end();
  const endAda = await waiting;
  expect(served * 5).toBeLessThanOrEqual(2_200);
  endAda();
  await Promise.all(others);
});

test("where everybody has waited long, one who asks for little still waits for two turns only", async () => {
  const turns = new Turns(1);
  for (const userId of ["ada", "bob"]) work(turns, userId, 500);
  const ends = [at(turns, "dora")];
  const order: string[] = [];
  const ask = async (userId: string) => {
    ends.push(await turns.begin(userId, patient));
    order.push(userId);
  };
  for (let n = 0; n < 10; n += 1) for (const userId of ["ada", "bob"]) void ask(userId);
  vi.advanceTimersByTime(0.9 * patient);
  void ask("cleo");
  for (let n = 0; n < 3; n += 1) {
    vi.advanceTimersByTime(50);
    ends.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(order.slice(0, 2)).toContain("cleo");
});

test("a turn that does not come is an error, and passes nobody by", async () => {
  const turns = new Turns(1);
  const end = at(turns, "ada");
  const late = expect(turns.begin("bob", 1_000)).rejects.toThrow("timeout exceeded");
  const waiting = turns.begin("cleo", patient);
  await vi.advanceTimersByTimeAsync(1_000);
  await late;
  end();
  expect(await waiting).toBeTypeOf("function");
});
