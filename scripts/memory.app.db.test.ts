import { expect, inject, onTestFinished, test } from "vitest";
import { type Held, inspect, inspectable } from "../apps/web/test/support/inspected.ts";
import { ownDatabase } from "../apps/web/test/support/own-database.ts";
import { scratchDir, startApp } from "../apps/web/test/support/start-app.ts";
import { createUsage } from "../bench/lib/usage.ts";

// The short form of `npm run bench:memory`: a leak of 40 kB a call is seen.
const amounts = { views: 250, lists: 250, exports: 40, signIns: 20 };
const SLACK_MB = 10;
/** How often all of it is done at the most until it leaves nothing more. */
const ROUNDS = 4;
/** The pages' thread keeps connections to the API; a leak of one handle each would be hundreds. */
const SLACK_HANDLES = 20;

/** Where the app of this test has its data, of the project's kind. */
async function ownSettings(): Promise<Record<string, string>> {
  if (inject("appDatabase") === "postgres") {
    const { url, remove } = await ownDatabase();
    onTestFinished(remove);
    return { DATABASE_URL: url };
  }
  const { path, remove } = await scratchDir();
  onTestFinished(remove);
  return { DATA_DIR: path };
}

const handlesOf = ({ handles }: Held) => Object.values(handles).reduce((sum, n) => sum + n, 0);

const heaps = (held: Record<string, Held>) =>
  Object.fromEntries(Object.entries(held).map(([thread, { heap }]) => [thread, Math.round(heap)]));

/** What a thread holds more than it may, in words. */
function grownIn(thread: string, then: Held | undefined, now: Held): string[] {
  if (!then) return [`${thread} was not there before`];
  const more = now.heap - then.heap;
  const handles = handlesOf(now) - handlesOf(then);
  return [
    ...(more < SLACK_MB ? [] : [`${thread}: ${more.toFixed(1)} MB`]),
    ...(handles < SLACK_HANDLES
      ? []
      : [`${thread}: ${JSON.stringify([then.handles, now.handles])}`]),
  ];
}

test("views, lists, exports and sign-ins leave memory and handles of every thread where they were", {
  timeout: 360_000,
}, async () => {
  const settings = await ownSettings();
  const app = await startApp({
    ...settings,
    NODE_OPTIONS: `${inspectable} --max-old-space-size=192`,
  });
  onTestFinished(() => void app.stop());
  const usage = await createUsage(app.url, 8, 50);
  const inspected = await inspect(app);
  await usage.do(amounts);
  await usage.rest();
  // What grows once is caches and compiled code that fill; what grows each time is a leak.
  let before = await inspected.look();
  let grown: string[] = [];
  const looked = [before];
  for (let round = 0; round < ROUNDS; round += 1) {
    await usage.do(amounts);
    await usage.rest();
    const after = await inspected.look();
    looked.push(after);
    grown = Object.entries(after).flatMap(([thread, now]) => grownIn(thread, before[thread], now));
    if (grown.length === 0) break;
    before = after;
  }
  inspected.close();
  expect(grown, JSON.stringify(looked.map(heaps))).toEqual([]);
});
