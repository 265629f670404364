import { type CuttableProxy, cuttableProxy } from "@taskbridge/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accepted, bothDoors, revoked, unknown, untilAnswered } from "./support/doors.ts";
import { post, signUp } from "./support/http.ts";
import { ownDatabase } from "./support/own-database.ts";
import { type App, freePort, startApp } from "./support/start-app.ts";

// Two processes on one database, the second's way to it through a proxy that can be cut.
let first: App;
let second: App;
let proxy: CuttableProxy;
let settings: Record<string, string>;
const cleanUp: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const { url, remove } = await ownDatabase();
  cleanUp.push(remove);
  proxy = await cuttableProxy(url);
  cleanUp.push(proxy.close);
  const PORT = String(await freePort());
  // One issuer: each takes the other's tokens.
  settings = { BETTER_AUTH_URL: `http://localhost:${PORT}` };
  first = await startApp({ ...settings, PORT, DATABASE_URL: url });
  cleanUp.push(() => first.stop());
  second = await startApp({ ...settings, DATABASE_URL: proxy.url });
  cleanUp.push(() => second.stop());
}, 120_000);

afterAll(async () => {
  for (const undo of cleanUp.reverse()) await undo();
}, 60_000);

/** Somebody new who signed up at one of the two. */
async function signUpAt({ url }: App) {
  const { id, token, cookie } = await signUp("Ada", url);
  return {
    at: (app: App) => () => bothDoors(id, token, app.url),
    signOut: async () => {
      const out = await post("/api/auth/sign-out", {}, { Cookie: cookie }, url);
      expect(out.status).toBe(200);
    },
  };
}

test("a sign-out in one process ends the token in both, and after a restart too", async () => {
  const [ada, bob] = [await signUpAt(first), await signUpAt(first)];
  expect(await ada.at(first)()).toEqual(accepted);
  expect(await ada.at(second)()).toEqual(accepted);
  await ada.signOut();
  await Promise.all([first, second].map((app) => untilAnswered(ada.at(app), revoked)));

  const third = await startApp({ ...settings, DATABASE_URL: proxy.url });
  try {
    expect(await ada.at(third)()).toEqual(revoked);
    expect(await bob.at(third)()).toEqual(accepted);
  } finally {
    await third.stop();
  }
  expect(await bob.at(second)()).toEqual(accepted);
});

test("away from its database, a process says after 5 s that it cannot tell, until it is back", async () => {
  const [ada, bob] = [await signUpAt(first), await signUpAt(first)];
  for (const { at } of [ada, bob]) expect(await at(second)()).toEqual(accepted);

  proxy.cut();
  const tookMs = await untilAnswered(bob.at(second), unknown, 9_000);
  expect(tookMs).toBeGreaterThan(3_500);
  // The process that reaches it is not touched by this.
  expect(await bob.at(first)()).toEqual(accepted);
  await ada.signOut();

  proxy.mend();
  await untilAnswered(bob.at(second), accepted, 3_000);
  await untilAnswered(ada.at(second), revoked);
  expect(second.output()).toContain("The database is out of reach");
});
