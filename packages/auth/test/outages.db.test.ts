import { createDb, type Db, isUnavailable } from "@taskbridge/db";
import { bareClient } from "@taskbridge/db/bare-client";
import {
  type CuttableProxy,
  cuttableProxy,
  type TestDatabase,
  testDatabase,
} from "@taskbridge/db/testing";
import { APIError } from "better-auth/api";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  onTestFinished,
  test,
} from "vitest";
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

/** Each request fails as an outage of the database: none is answered. */
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
      expect(error, String(error)).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(APIError);
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

/** What happens to a role or a database that somebody else looks after, and how it is undone. */
const faults: Record<string, (role: string, name: string) => [fault: string, mend: string]> = {
  "may not log in any more": (role) => [`ALTER ROLE ${role} NOLOGIN`, `ALTER ROLE ${role} LOGIN`],
  "has no privileges any more": (role) => [
    `REVOKE taskbridge FROM ${role}`,
    `GRANT taskbridge TO ${role}`,
  ],
  "may have no connections": (role) => [
    `ALTER ROLE ${role} CONNECTION LIMIT 0`,
    `ALTER ROLE ${role} CONNECTION LIMIT -1`,
  ],
  "finds its database renamed": (_, name) => [
    `ALTER DATABASE ${name} RENAME TO ${name}_old`,
    `ALTER DATABASE ${name}_old RENAME TO ${name}`,
  ],
  "finds its database closed": (_, name) => [
    `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
    `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`,
  ],
};

const base = inject("testBase");
describe.runIf(base.kind === "postgres")("a role that", () => {
  const server = () => createDb((base as Extract<typeof base, { kind: "postgres" }>).serverUrl);

  test.each(Object.entries(faults))("%s is no refusal, and nothing is done", async (_, of) => {
    const admin = server();
    const run = (sql: string) => bareClient(admin).$executeRawUnsafe(sql);
    const role = `app_${crypto.randomUUID().replaceAll("-", "")}`;
    const url = new URL(database.url);
    const name = url.pathname.slice(1);
    await run(`CREATE ROLE ${role} LOGIN IN ROLE taskbridge`);
    url.username = role;
    const ours = createDb(url.href);
    onTestFinished(async () => {
      await ours.close();
      await run(`DROP ROLE ${role}`);
      await admin.close();
    });
    const auth = authOf({ db: ours, rateLimit: true });
    const ada = await signUp(auth);
    const [fault, mend] = of(role, name);
    const endAll = () =>
      run(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`);
    await endAll();
    await run(fault);
    // One may have come in between.
    await endAll();
    await expectUnavailable(auth, ada);
    await run(mend);
    expect(await tokenFor(ada.cookie, auth)).toMatchObject({ status: 200 });
  });
});

test.each([
  ["session", `ALTER TABLE "session" RENAME TO "gone"`, `ALTER TABLE "gone" RENAME TO "session"`],
  ["user", `ALTER TABLE "user" RENAME TO "gone"`, `ALTER TABLE "gone" RENAME TO "user"`],
  [
    "user's column",
    `ALTER TABLE "user" RENAME "email" TO "gone"`,
    `ALTER TABLE "user" RENAME "gone" TO "email"`,
  ],
])("a %s that somebody renames is no refusal either", async (_, fault, mend) => {
  const auth = authOf({ db, rateLimit: true });
  const ada = await signUp(auth);
  await database.client.$executeRawUnsafe(fault);
  await expectUnavailable(auth, ada).finally(() => database.client.$executeRawUnsafe(mend));
  expect(await tokenFor(ada.cookie, auth)).toMatchObject({ status: 200 });
});
