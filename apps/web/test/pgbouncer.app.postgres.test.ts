import { findPgBouncer, startPgBouncer } from "@taskbridge/db/testing";
import { afterAll, describe, expect, test } from "vitest";
import { accepted, bothDoors, revoked, untilAnswered } from "./support/doors.ts";
import { post, signUp } from "./support/http.ts";
import { ownDatabase } from "./support/own-database.ts";
import { startApp } from "./support/start-app.ts";
import { acknowledged, countTitles, writeOf } from "./support/writers.ts";

const cleanUp: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const undo of cleanUp.reverse()) await undo();
}, 60_000);

describe.skipIf(findPgBouncer() === null)("behind PgBouncer, by transaction,", () => {
  test("the app serves two users at once, and ends their tokens", {
    timeout: 120_000,
  }, async () => {
    const { url, remove } = await ownDatabase();
    cleanUp.push(remove);
    const pooler = await startPgBouncer(url);
    cleanUp.push(pooler.stop);
    const app = await startApp({ DATABASE_URL: pooler.url });
    cleanUp.push(() => app.stop());

    const people = await Promise.all([signUp("Ada", app.url), signUp("Bob", app.url)]);
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    await Promise.all(
      numbers.map(async (n) => {
        for (const person of people) {
          expect(acknowledged(await writeOf(app.url, person, n).send())).toBe(true);
        }
      }),
    );
    for (const person of people) {
      const counts = await countTitles(app.url, person);
      expect(counts).toEqual(new Map([...counts.keys()].map((title) => [title, 1])));
      expect(counts.size).toBe(numbers.length);
    }

    const [ada, bob] = people as [(typeof people)[0], (typeof people)[0]];
    await post("/api/auth/sign-out", {}, { Cookie: ada.cookie }, app.url);
    await untilAnswered(() => bothDoors(ada.id, ada.token, app.url), revoked, 5_000);
    expect(await bothDoors(bob.id, bob.token, app.url)).toEqual(accepted);
  });
});
