import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fetchToken, password, post, signUp } from "./support/http.ts";
import { ownDatabase } from "./support/own-database.ts";
import { type App, freePort, startApp } from "./support/start-app.ts";

// Two processes on one database, as behind a load balancer that tells them the clients' addresses.
let apps: App[];
const cleanUp: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const { url: DATABASE_URL, remove } = await ownDatabase();
  cleanUp.push(remove);
  const PORT = String(await freePort());
  const settings = {
    BETTER_AUTH_URL: `http://localhost:${PORT}`,
    DATABASE_URL,
    RATE_LIMIT: "on",
    TRUST_PROXY: "on",
    API_RATE_LIMIT: "60",
  };
  const first = await startApp({ ...settings, PORT });
  cleanUp.push(() => first.stop());
  const second = await startApp(settings);
  cleanUp.push(() => second.stop());
  apps = [first, second];
}, 120_000);

afterAll(async () => {
  for (const undo of cleanUp.reverse()) await undo();
}, 60_000);

let addresses = 0;
/** An address that nobody has come from yet. */
const newAddress = () => {
  addresses += 1;
  return `198.51.${addresses >> 8}.${addresses & 255}`;
};

/** Sends it to each of the two in turn. */
function send(path: string, body: object, from: string, turn: number) {
  const headers = { "X-Forwarded-For": from, Origin: apps[0]?.url ?? "" };
  return post(`/api/auth${path}`, body, headers, apps[turn % 2]?.url);
}

const many = <T>(count: number, one: (turn: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, turn) => one(turn)));

function countOf(responses: Response[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function expectRetryAfter(responses: Response[], longest: number) {
  for (const { headers } of responses.filter(({ status }) => status === 429)) {
    const seconds = Number(headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(longest);
  }
}

test("of twenty sign-ups at once with one e-mail address, however written, one makes an account", async () => {
  const spellings = ["race@example.com", "Race@Example.com", "RACE@EXAMPLE.COM"];
  const answers = await many(20, (turn) =>
    send(
      "/sign-up/email",
      { name: "Ada", email: spellings[turn % 3], password },
      newAddress(),
      turn,
    ),
  );
  expect(countOf(answers)).toEqual({ 200: 1, 422: 19 });
  const refused = answers.filter(({ status }) => status === 422);
  for (const body of await Promise.all(refused.map((answer) => answer.json()))) {
    expect(body).toEqual({
      code: "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
      message: "User already exists. Use another email.",
    });
  }
  const signIns = await many(3, (turn) =>
    send("/sign-in/email", { email: spellings[turn], password }, newAddress(), turn),
  );
  const users = await Promise.all(signIns.map(async (answer) => (await answer.json()).user.id));
  expect(new Set(users).size).toBe(1);
});

describe("of a hundred sign-ins at once, the two together let through", () => {
  test("twenty from one address", async () => {
    const from = newAddress();
    const answers = await many(100, (turn) =>
      send("/sign-in/email", { email: `nobody-${turn}@example.com`, password }, from, turn),
    );
    expect(countOf(answers)).toEqual({ 401: 20, 429: 80 });
    expectRetryAfter(answers, 60);
  });

  test("thirty to one account, from a hundred addresses", async () => {
    const email = "guessed@example.com";
    const answers = await many(100, (turn) =>
      send("/sign-in/email", { email, password }, newAddress(), turn),
    );
    expect(countOf(answers)).toEqual({ 401: 30, 429: 70 });
    expectRetryAfter(answers, 300);
  });
});

test("the two count a user's calls together, each call of a batch, and another user's apart", async () => {
  const [at] = apps.map(({ url }) => url);
  const [ada, bob] = [await signUp("Ada", at), await signUp("Bob", at)];
  const token = await fetchToken(ada.cookie, at);
  const headers = { Authorization: `Bearer ${token}` };
  const batch = `/api/trpc/${Array(5).fill("session.whoami").join()}?batch=1`;
  const rounds = await many(20, async (turn) => {
    const url = apps[turn % 2]?.url;
    const rest = await fetch(`${url}/api/${ada.id}/tasks`, { headers });
    const results: { error?: object }[] = await (await fetch(url + batch, { headers })).json();
    return (rest.ok ? 1 : 0) + results.filter(({ error }) => !error).length;
  });
  const answered = rounds.reduce((sum, count) => sum + count, 0);
  expect(answered).toBeLessThanOrEqual(60);
  // One process may have leased five that it did not come to use.
  expect(answered).toBeGreaterThanOrEqual(55);
  const refused = await fetch(`${at}/api/${ada.id}/tasks`, { headers });
  expect(refused.status).toBe(429);
  expect(refused.headers.get("ratelimit-policy")).toBe('"default";q=60;w=60');
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await bob.tasks()).status).toBe(200);
});
