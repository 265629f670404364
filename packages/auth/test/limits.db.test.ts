import { type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Auth } from "../src/index.ts";
import { authOf, baseUrl, password, post, signUp } from "./support.ts";

let database: TestDatabase;
let auth: Auth;

beforeAll(async () => {
  database = await testDatabase();
  auth = authOf({ db: database.db, rateLimit: true });
});

afterAll(() => database.drop());
beforeEach(() => database.client.rateLimit.deleteMany());

let addresses = 0;
/** An address that nobody has come from yet. */
const newAddress = () => {
  addresses += 1;
  return `203.0.${addresses >> 8}.${addresses & 255}`;
};

const signIn = (email: string, secret: string, from = newAddress()) =>
  auth.handler(post("/sign-in/email", { email, password: secret }, { "X-Forwarded-For": from }));

/** As many guesses as an account takes in 5 minutes, each from elsewhere. */
async function useUp(email: string, left = 30) {
  const answers = await Promise.all(Array.from({ length: left }, () => signIn(email, "a guess")));
  expect(answers.map(({ status }) => status)).toEqual(Array(left).fill(401));
}

async function expectRefused(response: Response, within: number) {
  expect(response.status).toBe(429);
  const seconds = Number(response.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(within);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toEqual({
    code: "TOO_MANY_REQUESTS",
    message: expect.stringMatching(/^Too many requests\. Try again in \d+ seconds?\.$/),
  });
}

describe("the tries at an account", () => {
  test("are counted wherever they come from, and however the e-mail address is written", async () => {
    const [ada, bob] = [await signUp(auth), await signUp(auth)];
    await useUp(ada.email);
    await expectRefused(await signIn(ada.email, password), 300);
    await expectRefused(await signIn(ada.email.toUpperCase(), password), 300);
    expect((await signIn(bob.email, password)).status).toBe(200);
  });

  test("from within, by a cookie, are counted together and wherever they come from", async () => {
    const [ada, bob] = [await signUp(auth), await signUp(auth)];
    const from = (cookie: string) => ({ Cookie: cookie, "X-Forwarded-For": newAddress() });
    const change = (cookie: string, currentPassword: string) =>
      auth.handler(
        post("/change-password", { currentPassword, newPassword: "another one" }, from(cookie)),
      );
    for (let guess = 0; guess < 15; guess += 1) {
      const wrong = `guess ${guess}`;
      expect((await change(ada.cookie, wrong)).status).toBe(400);
      await auth.handler(post("/delete-user", { password: wrong }, from(ada.cookie)));
    }
    await expectRefused(await change(ada.cookie, password), 300);
    const deletion = post("/delete-user", { password }, from(ada.cookie));
    await expectRefused(await auth.handler(deletion), 300);
    expect((await change(bob.cookie, password)).status).toBe(200);
  });

  test("are refused alike where there is no such account", async () => {
    await useUp("nobody@example.com");
    await expectRefused(await signIn("nobody@example.com", password), 300);
  });

  test("begin anew when the 5 minutes are over", async () => {
    const ada = await signUp(auth);
    await useUp(ada.email);
    await expectRefused(await signIn(ada.email, password), 300);
    await database.client.$executeRaw`UPDATE "rate_limit" SET "resetAt" = now()`;
    expect((await signIn(ada.email, password)).status).toBe(200);
  });

  test("do not keep out who is signed in to it from the same address, and nobody else there", async () => {
    const [ada, bob] = [await signUp(auth), await signUp(auth)];
    const home = newAddress();
    expect((await signIn(ada.email, password, home)).status).toBe(200);
    await useUp(ada.email, 29);
    await useUp(bob.email);
    expect((await signIn(ada.email, password, home)).status).toBe(200);
    await expectRefused(await signIn(bob.email, password, home), 300);
    await expectRefused(await signIn(ada.email, password), 300);
    // The address has a limit as well.
    for (let at = 0; at < 17; at += 1) await signIn(ada.email, "a guess", home);
    await expectRefused(await signIn(ada.email, password, home), 60);
  });
});

test("sign-ups with one e-mail address are counted too", async () => {
  const { email } = await signUp(auth);
  const signUpAgain = () =>
    auth.handler(
      post("/sign-up/email", { name: "Eve", email, password }, { "X-Forwarded-For": newAddress() }),
    );
  const answers = await Promise.all(Array.from({ length: 29 }, signUpAgain));
  expect(answers.map(({ status }) => status)).toEqual(Array(29).fill(422));
  await expectRefused(await signUpAgain(), 300);
  expect((await signIn(email, password)).status).toBe(200);
});

describe("paths that lead nowhere", () => {
  const ask = (path: string, from: string) =>
    auth.handler(
      new Request(`${baseUrl}/api/auth${path}`, { headers: { "X-Forwarded-For": from } }),
    );

  test("share one count for each address, and write one row", async () => {
    const [from, other] = [newAddress(), newAddress()];
    const paths = Array.from(
      { length: 100 },
      (_, at) => [`/x${at}`, `/callback/${at}`, `/a|b${at}`][at % 3] ?? "",
    );
    const answers = await Promise.all(paths.map((path) => ask(path, from)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
    expect(await database.client.rateLimit.count()).toBe(1);
    await expectRefused(await ask("/one/more", from), 10);
    expect((await ask("/x", other)).status).toBe(404);
    // Those that lead somewhere have a count of their own.
    expect((await ask("/ok", from)).status).toBe(200);
  });

  test("nor does the key set count, which other hosts fetch", async () => {
    const keys = authOf({ db: database.db, rateLimit: true, algorithm: "EdDSA" });
    const from = { "X-Forwarded-For": newAddress() };
    const fetchKeys = () =>
      keys.handler(new Request(`${baseUrl}/api/auth/jwks`, { headers: from }));
    await fetchKeys();
    const answers = await Promise.all(Array.from({ length: 150 }, fetchKeys));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await database.client.rateLimit.count()).toBe(0);
  });
});

test("an e-mail address that is none, or of any size, is no trouble", async () => {
  for (const email of [{}, null, 7, "x".repeat(60_000), "a@b.c\u0000"]) {
    const response = await auth.handler(post("/sign-in/email", { email, password }));
    expect(response.status).toBe(400);
  }
});
