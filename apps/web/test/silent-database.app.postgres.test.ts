import { type CuttableProxy, cuttableProxy } from "@taskbridge/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Person, password, signUp } from "./support/http.ts";
import { ownDatabase } from "./support/own-database.ts";
import { type App, startApp } from "./support/start-app.ts";
import { ask, writeOf } from "./support/writers.ts";

/** 5 s are promised; the machine may be busy with other things besides. */
const BOUND_MS = 8_000;
/** The host's grace for requests, and what the last queries may take after it. */
const STOP_WITHIN_MS = 20_000;

let proxy: CuttableProxy;
let app: App;
let ada: Person;
const cleanUp: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const { url, remove } = await ownDatabase();
  cleanUp.push(remove);
  proxy = await cuttableProxy(url);
  cleanUp.push(proxy.close);
  app = await startApp({ DATABASE_URL: proxy.url });
  cleanUp.push(() => app.stop("SIGKILL"));
  ada = await signUp("Ada", app.url);
}, 120_000);
afterAll(async () => {
  for (const undo of cleanUp.reverse()) await undo();
}, 60_000);

/** One of everything that needs the database. */
function requests() {
  const { id, token, cookie, email } = ada;
  const bearer = { headers: { Authorization: `Bearer ${token}` } };
  const signedIn = { Cookie: cookie, Origin: app.url, "Content-Type": "application/json" };
  const post = (body: unknown) => ({
    method: "POST",
    headers: signedIn,
    body: JSON.stringify(body),
  });
  return {
    api: [
      writeOf(app.url, ada, 0).send(),
      writeOf(app.url, ada, 1).send(),
      ask(`${app.url}/api/${id}/tasks`, bearer),
      ask(`${app.url}/api/trpc/task.list`, bearer),
    ],
    auth: [
      ask(`${app.url}/api/auth/token`, { headers: signedIn }),
      ask(`${app.url}/api/auth/sign-in/email`, post({ email, password })),
      ask(`${app.url}/api/auth/sign-out`, post({})),
    ],
    pages: [
      ask(`${app.url}/tasks`, { headers: signedIn }),
      ask(`${app.url}/`, { headers: signedIn }),
    ],
  };
}

test("a database that says nothing: refused in time, until it speaks", {
  // Time is measured, and other tests may have the processors.
  retry: 1,
  timeout: 60_000,
}, async () => {
  proxy.hang();
  const { api, auth, pages } = requests();
  for (const said of await Promise.all([...api, ...auth])) {
    expect(said).toMatchObject({ status: 503, retryAfter: "1" });
    expect(["unavailable", "revocation_unknown"]).toContain(said.code);
    expect(said.tookMs).toBeLessThan(BOUND_MS);
  }
  for (const said of await Promise.all(pages)) {
    expect(said.status).toBe(500);
    expect(said.text).not.toMatch(/prisma|pool|node_modules/i);
    expect(said.tookMs).toBeLessThan(BOUND_MS);
  }
  proxy.mend();
  const { token, id } = ada;
  const bearer = { headers: { Authorization: `Bearer ${token}` } };
  // The follower of the sessions' ends finds the database again by itself, soon.
  await expect
    .poll(async () => (await ask(`${app.url}/api/${id}/tasks`, bearer)).status, { timeout: 10_000 })
    .toBe(200);
  const headers = { Cookie: ada.cookie };
  expect((await ask(`${app.url}/api/auth/token`, { headers })).status).toBe(200);
  expect((await ask(`${app.url}/tasks`, { headers })).status).toBe(200);
});

test("SIGTERM meanwhile: requests are answered, and the process ends", {
  timeout: 60_000,
}, async () => {
  proxy.hang();
  const { api, auth } = requests();
  const begun = performance.now();
  expect(await app.stop("SIGTERM")).toBe(0);
  expect(performance.now() - begun).toBeLessThan(STOP_WITHIN_MS);
  // Those that came in before the signal are answered, the others are turned away.
  for (const said of await Promise.all([...api, ...auth])) {
    expect([503, "no answer"]).toContain(said.status);
  }
});
