import { startTestServer } from "@taskbridge/db/testing";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { signUp } from "./support/http.ts";
import { type App, freePort, scratchDir, startApp } from "./support/start-app.ts";
import { acknowledged, countTitles, type Said, writeOf } from "./support/writers.ts";

/** `FAULT_WRITES=1000` for more. */
const WRITES = Number(process.env.FAULT_WRITES ?? 200);
const PARALLEL = 8;

let settings: Record<string, string>;
let app: App;
const cleanUp: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const server = inject("appDatabase") === "postgres" ? await startTestServer() : null;
  const folder = server ? null : await scratchDir();
  cleanUp.push(
    async () => server?.stop(),
    async () => folder?.remove(),
  );
  const database: Record<string, string> = server
    ? { DATABASE_URL: server.url }
    : { DATA_DIR: folder?.path ?? "" };
  settings = { ...database, PORT: String(await freePort()) };
  app = await startApp(settings);
  cleanUp.push(() => app.stop());
}, 120_000);

afterAll(async () => {
  for (const undo of cleanUp.reverse()) await undo();
}, 60_000);

test(`kill -9 amid ${WRITES} writes loses none that was acknowledged`, {
  timeout: 300_000,
}, async () => {
  const ada = await signUp("Ada", app.url);
  const writes = Array.from({ length: WRITES }, (_, n) => writeOf(app.url, ada, n));
  const answers = new Map<(typeof writes)[number], Said>();
  let done = 0;
  let next = 0;
  const work = async () => {
    for (let write = writes[next++]; write; write = writes[next++]) {
      const said = await write.send();
      answers.set(write, said);
      if (acknowledged(said)) done += 1;
      if (done === WRITES / 2) app.child.kill("SIGKILL");
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  expect(await app.ended).toBe("SIGKILL");
  const kept = writes.filter((write) => acknowledged(answers.get(write) as Said));
  expect(kept.length).toBeGreaterThanOrEqual(WRITES / 2);
  expect(kept.length).toBeLessThan(WRITES);

  app = await startApp(settings);
  const found = await countTitles(app.url, ada);
  for (const { title } of kept) expect([title, found.get(title)]).toEqual([title, 1]);
  for (const { title } of writes) expect(found.get(title) ?? 0, title).toBeLessThanOrEqual(1);

  // The key tells whether it was done, where the answer was lost too.
  const keyed = writes.filter((write) => write.keyed);
  for (const write of keyed) {
    const again = await write.send();
    expect(again.status).toBe(201);
    const first = answers.get(write);
    if (first && acknowledged(first)) expect(again.text).toBe(first.text);
  }
  const after = await countTitles(app.url, ada);
  expect(keyed.map(({ title }) => after.get(title))).toEqual(keyed.map(() => 1));
});
