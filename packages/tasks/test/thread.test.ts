import { expect, test } from "vitest";
import { inTurn, yieldThread } from "../src/thread.ts";
import { readCsv } from "../src/transfer/csv.ts";

/** How often others had the thread before this was done. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let done = false;
  const count = () => {
    turns += 1;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  await work.finally(() => {
    done = true;
  });
  return turns;
}

test("others have the thread while a long file is read", async () => {
  const row = `title,${"x".repeat(400)}\n`;
  const file = `title,notes\n${row.repeat(2_000)}`;
  expect(await turnsDuring(readCsv(file))).toBeGreaterThan(10);
  const loop = async () => {
    for (let at = 0; at < 10; at += 1) {
      const until = performance.now() + 11;
      while (performance.now() < until);
      await yieldThread();
    }
  };
  expect(await turnsDuring(loop())).toBeGreaterThanOrEqual(5);
});

test("of files that come at once one is read after the other, whatever becomes of each", async () => {
  const said: string[] = [];
  const read = (name: string) =>
    inTurn(async () => {
      said.push(`begin ${name}`);
      await new Promise(setImmediate);
      said.push(`end ${name}`);
      if (name === "b") throw new Error("It cannot be read.");
      return name;
    });
  const outcomes = await Promise.allSettled(["a", "b", "c"].map(read));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(said).toEqual(["begin a", "end a", "begin b", "end b", "begin c", "end c"]);
});
