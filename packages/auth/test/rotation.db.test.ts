import { createVerifier } from "@taskbridge/bridge";
import { type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authOf, baseUrl, get, nextSecret, post, secret, signUp, tokenFor } from "./support.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

// The steps of a rotation, as docs/guides/rotate-the-secret.md lists them.
const steps = () => {
  const { db } = database;
  return {
    before: authOf({ db }),
    added: authOf({ db, previousSecrets: [nextSecret] }),
    promoted: authOf({ db, secret: nextSecret, previousSecrets: [secret] }),
    retired: authOf({ db, secret: nextSecret }),
  };
};

describe("a session outlives the rotation of the secret that signed its cookie:", () => {
  test("forwards and, while two processes disagree, backwards", async () => {
    const { before, added, promoted } = steps();
    const ada = await signUp(before);
    const bob = await signUp(promoted);
    for (const auth of [added, promoted]) {
      for (const { id, cookie } of [ada, bob]) {
        expect((await tokenFor(cookie, auth)).status).toBe(200);
        expect((await auth.getSession(new Headers({ cookie })))?.user.id).toBe(id);
      }
    }
  });

  test("sign-out works with the old cookie, and ends the session everywhere", async () => {
    const { before, promoted } = steps();
    const { cookie } = await signUp(before);
    const out = await promoted.handler(post("/sign-out", {}, { Cookie: cookie }));
    expect(await out.json()).toEqual({ success: true });
    for (const auth of [before, promoted]) {
      expect((await tokenFor(cookie, auth)).status).toBe(401);
    }
  });

  test("until the old secret is retired", async () => {
    const { before, promoted, retired } = steps();
    const old = await signUp(before);
    const recent = await signUp(promoted);
    expect((await tokenFor(old.cookie, retired)).status).toBe(401);
    expect((await tokenFor(recent.cookie, retired)).status).toBe(200);
  });
});

test("tokens of both secrets are accepted while both count, in every process", async () => {
  const { before, promoted, retired } = steps();
  const issuer = baseUrl;
  const old = (await tokenFor((await signUp(before)).cookie, before)).token;
  const recent = (await tokenFor((await signUp(promoted)).cookie, promoted)).token;
  const during = [
    createVerifier({ secret, previousSecrets: [nextSecret], issuer }),
    createVerifier({ secret: nextSecret, previousSecrets: [secret], issuer }),
  ];
  for (const { verify } of during) {
    await verify(old);
    await verify(recent);
  }
  const { verify } = createVerifier({ secret: nextSecret, issuer });
  await verify(recent);
  await expect(verify(old)).rejects.toMatchObject({ code: "token_key_unknown" });
  expect(retired).toBeDefined();
});

describe("signing anew forges nothing:", () => {
  test("a cookie that none of the secrets signed stays worthless", async () => {
    const { before, promoted } = steps();
    const { cookies } = await signUp(before);
    const cookie = String(cookies.find((one) => one.includes("session_token")));
    const forged = [
      cookie.replace(/%3D$/, ""),
      cookie.replace(/=(.)/, (_, first) => `=${first === "A" ? "B" : "A"}`),
      cookie.replace(/\.[^.]*$/, `.${"A".repeat(43)}%3D`),
      cookie.replace("session_token", "session_data"),
      `${cookie.split("=")[0]}=%E0%A4%A`,
      // Nobody decodes a cookie's name: browsers keep no promise that this one's prefix would make.
      cookie.replace("better-auth.", "better-auth%2E"),
      cookie.replace("=", "%3D"),
      `%5F%5FHost-${cookie}`,
    ];
    for (const one of forged) {
      expect((await promoted.handler(get("/token", one))).status).toBe(401);
    }
    const quoted = cookie.replace(/=(.*)$/, '="$1"');
    for (const genuine of [`theme=dark; ${cookie}; other="a b"`, ` ${cookie} ;`, quoted]) {
      expect((await tokenFor(genuine, promoted)).status).toBe(200);
    }
  });

  test("the other cookies pass as they are", async () => {
    const { before, promoted } = steps();
    const ada = await signUp(before);
    const bob = await signUp(before);
    // The first of two cookies of one name counts, as it did before.
    const both = await promoted.getSession(new Headers({ cookie: `${ada.cookie}; ${bob.cookie}` }));
    expect(both?.user.id).toBe(ada.id);
  });
});
