import { createDb, type Db, isUnavailable } from "@taskbridge/db";
import {
  type CuttableProxy,
  cuttableProxy,
  type TestDatabase,
  testDatabase,
} from "@taskbridge/db/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Auth } from "../src/index.ts";
import { authOf, get, password, post, signUp, tokenFor } from "./support.ts";

/** 5 s are promised; the machine may be busy with other things besides. */
const BOUND_MS = 8_000;

let database: TestDatabase;
let proxy: CuttableProxy;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  proxy = await cuttableProxy(database.url);
  db = createDb(proxy.url);
});
afterEach(async () => {
  await db.close();
  await proxy.close();
});
afterAll(() => database.drop());

type Ada = Awaited<ReturnType<typeof signUp>>;
const requests = ({ email, cookie }: Ada) => [
  post("/sign-up/email", { name: "Bob", email: `bob-${email}`, password }),
  post("/sign-in/email", { email, password }),
  get("/token", cookie),
  get("/get-session", cookie),
  get("/list-sessions", cookie),
  post(
    "/change-password",
    { currentPassword: password, newPassword: `${password}!` },
    { Cookie: cookie },
  ),
  post("/revoke-sessions", {}, { Cookie: cookie }),
  post("/delete-user", { password }, { Cookie: cookie }),
  post("/sign-out", {}, { Cookie: cookie }),
];

async function expectUnavailable(auth: Auth, ada: Ada) {
  const works = requests(ada).map((request) => () => auth.handler(request));
  works.push(() => auth.getSession(new Headers({ Cookie: ada.cookie })) as Promise<never>);
  await Promise.all(
    works.map(async (work) => {
      const begun = performance.now();
      const error = await work().then(
        (answer) => `${answer?.status}`,
        (error: unknown) => error,
      );
      expect(isUnavailable(error), String(error)).toBe(true);
      expect(performance.now() - begun).toBeLessThan(BOUND_MS);
    }),
  );
}

describe.each([false, true])("with limits: %s, a database that", (rateLimit) => {
  test.each(["cut", "hang"] as const)("does %s is no refusal, and nothing is done", async (how) => {
    const auth = authOf({ db, rateLimit });
    const ada = await signUp(auth);
    proxy[how]();
    await expectUnavailable(auth, ada);
    proxy.mend();
    // Neither signed out nor deleted.
    expect(await tokenFor(ada.cookie, auth)).toMatchObject({ status: 200 });
    const { email } = ada;
    expect((await auth.handler(post("/sign-in/email", { email, password }))).status).toBe(200);
  });
});
