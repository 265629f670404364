import { purgeEndedSessions } from "@taskbridge/db";
import { type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Auth } from "../src/index.ts";
import { authOf, get, password, post, signUp, tokenFor } from "./support.ts";

let database: TestDatabase;
let auth: Auth;
beforeAll(async () => {
  database = await testDatabase();
  auth = authOf({ db: database.db });
});
afterAll(() => database.drop());

type Person = Awaited<ReturnType<typeof signUp>>;

/** Makes it so long ago that somebody signed in, by the database's clock. */
const begunAgo = ({ id }: Person, days: number) => database.client.$executeRaw`
  UPDATE "session" SET "createdAt" = clock_timestamp() - ${days}::float8 * interval '1 day'
  WHERE "userId" = ${id}`;

const sessionOf = ({ id }: Person) => database.client.session.findFirst({ where: { userId: id } });
const isRevoked = async (sessionId = "") =>
  (await database.client.revokedSession.count({ where: { sessionId } })) === 1;
const listed = async ({ cookie }: Person) =>
  (await auth.handler(get("/list-sessions", cookie))).status;

describe("a session that began 30 days ago", () => {
  test("ends, however much it was used, and its tokens with it; another's goes on", async () => {
    const [ada, bob] = [await signUp(auth), await signUp(auth)];
    await begunAgo(ada, 29.99);
    await begunAgo(bob, 29.99);
    expect((await tokenFor(ada.cookie, auth)).status).toBe(200);
    const session = await sessionOf(ada);
    await begunAgo(ada, 30);
    expect((await tokenFor(ada.cookie, auth)).status).toBe(401);
    expect(await listed(ada)).toBe(401);
    expect(await auth.getSession(new Headers({ Cookie: ada.cookie }))).toBeNull();
    expect(await auth.issueToken(new Headers({ Cookie: ada.cookie }))).toBeNull();
    expect(await sessionOf(ada)).toBeNull();
    expect(await isRevoked(session?.id)).toBe(true);
    expect((await tokenFor(bob.cookie, auth)).status).toBe(200);
  });

  test("is not prolonged, nor good for anything else", async () => {
    for (const path of ["/change-password", "/revoke-other-sessions", "/delete-user"]) {
      const ada = await signUp(auth);
      await begunAgo(ada, 31);
      const body = { password, currentPassword: password, newPassword: "quite another phrase" };
      const answer = await auth.handler(post(path, body, { Cookie: ada.cookie }));
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });

  test("is not listed among one's own", async () => {
    const ada = await signUp(auth);
    await begunAgo(ada, 31);
    const signedIn = await auth.handler(post("/sign-in/email", { email: ada.email, password }));
    const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const answer = await auth.handler(get("/list-sessions", cookie));
    expect(await answer.json()).toHaveLength(1);
  });

  test("or as many as are set", async () => {
    const brief = authOf({ db: database.db, sessionMaxDays: 2 });
    const ada = await signUp(brief);
    await begunAgo(ada, 1.9);
    expect((await tokenFor(ada.cookie, brief)).status).toBe(200);
    await begunAgo(ada, 2);
    expect((await tokenFor(ada.cookie, brief)).status).toBe(401);
  });
});

test("a session used every few days outlives its first cookie, as long as the cookie is kept up", async () => {
  const ada = await signUp(auth);
  let { cookie } = ada;
  for (let day = 5; day < 30; day += 5) {
    await database.client.$executeRaw`
      UPDATE "session" SET "createdAt" = "createdAt" - interval '5 days',
        "updatedAt" = "updatedAt" - interval '5 days', "expiresAt" = "expiresAt" - interval '5 days'
      WHERE "userId" = ${ada.id}`;
    const answer = await auth.handler(get("/token", cookie));
    expect([day, answer.status]).toEqual([day, 200]);
    const [renewed = ""] = answer.headers.getSetCookie();
    expect(renewed).toContain("Max-Age=604800");
    cookie = renewed.split(";")[0] ?? "";
  }
});

test("when a session began is told by the database's clock, whatever the host's says", async () => {
  const answer = await signUp(auth);
  const [row] = await database.client.$queryRaw<{ age: number }[]>`
    SELECT extract(epoch FROM clock_timestamp() - "createdAt")::float8 AS age
    FROM "session" WHERE "userId" = ${answer.id}`;
  expect(row?.age).toBeGreaterThan(0);
  expect(row?.age).toBeLessThan(30);
});

test("sessions that have run out are removed, and their tokens revoked; others stay", async () => {
  const [ada, bob] = [await signUp(auth), await signUp(auth)];
  const session = await sessionOf(ada);
  await database.client.$executeRaw`
    UPDATE "session" SET "expiresAt" = clock_timestamp() WHERE "userId" = ${ada.id}`;
  expect(await purgeEndedSessions(database.db)).toBe(1);
  expect(await purgeEndedSessions(database.db)).toBe(0);
  expect(await sessionOf(ada)).toBeNull();
  expect(await isRevoked(session?.id)).toBe(true);
  expect((await tokenFor(bob.cookie, auth)).status).toBe(200);
});
