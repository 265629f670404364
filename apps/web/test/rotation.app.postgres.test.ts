import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bothDoors, signInAgain } from "./support/doors.ts";
import { fetchToken, type Person, signUp } from "./support/http.ts";
import { loadBalancer } from "./support/load-balancer.ts";
import { ownDatabase } from "./support/own-database.ts";
import { type App, freePort, startApp } from "./support/start-app.ts";

// The steps of docs/guides/rotate-the-secret.md, by two processes that are replaced one after the
// other while people go on working at both, as behind a load balancer.
const old = randomBytes(32).toString("hex");
const next = randomBytes(32).toString("hex");
const steps = {
  before: { BETTER_AUTH_SECRET: old },
  add: { BETTER_AUTH_SECRET: old, BETTER_AUTH_SECRETS_PREVIOUS: next },
  promote: { BETTER_AUTH_SECRET: next, BETTER_AUTH_SECRETS_PREVIOUS: old },
  retire: { BETTER_AUTH_SECRET: next },
};

let balancer: Awaited<ReturnType<typeof loadBalancer>>;
let database: Awaited<ReturnType<typeof ownDatabase>>;
let apps: App[] = [];

async function start(settings: Record<string, string>): Promise<App> {
  const shared = { DATABASE_URL: database.url, BETTER_AUTH_URL: balancer.url };
  const app = await startApp({ ...shared, ...settings });
  balancer.add(app.url);
  return app;
}

beforeAll(async () => {
  database = await ownDatabase();
  balancer = await loadBalancer(await freePort());
  apps = [await start(steps.before), await start(steps.before)];
}, 120_000);

afterAll(async () => {
  for (const app of apps) await app.stop();
  await balancer.close();
  await database.remove();
}, 60_000);

/** Replaces both, one after the other: first the new one is there, then the old one may end. */
async function roll(settings: Record<string, string>): Promise<void> {
  for (const outgoing of apps) {
    apps = [...apps.filter((app) => app !== outgoing), await start(settings)];
    await balancer.drain(outgoing.url);
    expect(await outgoing.stop()).toBe(0);
  }
}

const list = ({ id }: Person, token: string, query = "") =>
  fetch(`${balancer.url}/api/${id}/tasks?limit=1${query}`, {
    headers: { Authorization: `Bearer ${token}` },
  });

/** Works until told to stop: with a token, with the session, and through pages. Counts its requests. */
function work(person: Person) {
  const state = { going: true, requests: 0, failures: [] as string[], token: person.token };
  const expectOk = (what: string, status: number) => {
    state.requests += 1;
    if (status !== 200) state.failures.push(`${what} answered ${status}`);
  };
  const done = (async () => {
    while (state.going) {
      for (const { status } of await bothDoors(person.id, state.token, balancer.url)) {
        expectOk("a door", status);
      }
      const first = await list(person, state.token);
      expectOk("the first page", first.status);
      const { nextCursor } = await first.json();
      const second = await list(person, state.token, `&cursor=${nextCursor}`);
      expectOk("the second page", second.status);
      state.token = await fetchToken(person.cookie, balancer.url);
      expectOk("a token", state.token ? 200 : 401);
    }
  })();
  return {
    state,
    stop: () => {
      state.going = false;
      return done;
    },
  };
}

test("adding, promoting and retiring a secret under load loses no valid request", async () => {
  const at = balancer.url;
  const people = await Promise.all(["Ada", "Bob", "Cyd"].map((name) => signUp(name, at)));
  for (const { tasks } of people) {
    for (const title of ["One", "Two"]) {
      const created = await tasks("", { method: "POST", body: JSON.stringify({ title }) });
      expect(created.status).toBe(201);
    }
  }
  const first = people.map(work);
  await roll(steps.add);
  await roll(steps.promote);
  await Promise.all(first.map(({ stop }) => stop()));

  // The guide's waiting time, made short: everybody has a token and a cookie of the next secret.
  const renewed = await Promise.all(
    people.map(async (person) => ({ ...person, ...(await signInAgain(person, at)) })),
  );
  const second = renewed.map(work);
  await roll(steps.retire);
  await Promise.all(second.map(({ stop }) => stop()));

  for (const { state } of [...first, ...second]) {
    expect(state.failures).toEqual([]);
    expect(state.requests).toBeGreaterThan(20);
  }
  // What rested on the old secret alone has ended.
  const refused = { status: 401, code: "token_key_unknown" };
  for (const { id, cookie, token } of people) {
    expect(await bothDoors(id, token, at)).toEqual([refused, refused]);
    expect(await fetchToken(cookie, at)).toBeUndefined();
  }
}, 240_000);
