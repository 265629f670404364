import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Auth } from "../src/index.ts";
import { authOf, get, password, post, signUp, tokenFor } from "./support.ts";

const newPassword = "quite another phrase";
/** How many sign in at a time, again and again; `SIGN_INS=40` for more. */
const AT_ONCE = Number(process.env.SIGN_INS ?? 8);

let database: TestDatabase;
let auth: Auth;
beforeAll(async () => {
  database = await testDatabase();
  auth = authOf({ db: database.db });
});
afterAll(() => database.drop());

/** As a browser keeps them: of two with one name the last. */
function cookieOf(response: Response): string {
  const jar = new Map<string, string>();
  for (const cookie of response.headers.getSetCookie()) {
    const [pair = ""] = cookie.split(";");
    jar.set(pair.slice(0, pair.indexOf("=")), pair);
  }
  return [...jar.values()].join("; ");
}

const signIn = (email: string, secret: string) =>
  auth.handler(post("/sign-in/email", { email, password: secret }));

const change = (cookie: string, body: object = {}) =>
  auth.handler(
    post(
      "/change-password",
      { currentPassword: password, newPassword, ...body },
      { Cookie: cookie },
    ),
  );

const sessionIds = async (userId: string) =>
  (await database.client.session.findMany({ where: { userId } })).map(({ id }) => id);

const codeOf = async (response: Response) => [response.status, (await response.json()).code];

describe("a new password", () => {
  test("outlives every sign-in with the old one that was under way while it changed", async () => {
    const [ada, bob] = [await signUp(auth), await signUp(auth)];
    const answers: Response[] = [];
    let going = true;
    const signingIn = Array.from({ length: AT_ONCE }, async () => {
      while (going) answers.push(await signIn(ada.email, password));
    });
    const changed = await change(ada.cookie);
    going = false;
    const own = cookieOf(changed);
    await Promise.all(signingIn);
    expect(answers.map(({ status }) => status)).toContain(401);
    for (const answer of answers) {
      expect([200, 401]).toContain(answer.status);
      const { status } = await tokenFor(cookieOf(answer), auth);
      expect(status).toBe(401);
    }
    expect((await sessionIds(ada.id)).length).toBe(1);
    expect((await tokenFor(own, auth)).status).toBe(200);
    expect((await signIn(ada.email, newPassword)).status).toBe(200);
    // Nobody else's sessions are touched.
    expect((await tokenFor(bob.cookie, auth)).status).toBe(200);
  });

  test.each([undefined, false, "no", true])(
    "ends all other sessions, and their tokens, where revokeOtherSessions is %s",
    async (revokeOtherSessions) => {
      const ada = await signUp(auth);
      const elsewhere = cookieOf(await signIn(ada.email, password));
      const ended = await sessionIds(ada.id);
      const answer = await change(ada.cookie, { revokeOtherSessions });
      expect(answer.status).toBe(200);
      for (const cookie of [ada.cookie, elsewhere]) {
        expect((await tokenFor(cookie, auth)).status).toBe(401);
      }
      expect((await tokenFor(cookieOf(answer), auth)).status).toBe(200);
      const revoked = await database.client.revokedSession.findMany({
        where: { sessionId: { in: ended } },
      });
      expect(revoked.map(({ sessionId }) => sessionId).sort()).toEqual(ended.sort());
    },
  );

  test("is not outlived by sessions that are being prolonged while it is set", async () => {
    const ada = await signUp(auth);
    const cookies = await Promise.all(
      Array.from({ length: 8 }, async () => cookieOf(await signIn(ada.email, password))),
    );
    const soon = new Date(Date.now() + 3_600_000);
    await database.client.session.updateMany({
      where: { userId: ada.id },
      data: { expiresAt: soon },
    });
    const prolonging = cookies.map((cookie) => auth.handler(get("/token", cookie)));
    const answer = await change(ada.cookie);
    for (const { status } of await Promise.all(prolonging)) expect([200, 401]).toContain(status);
    for (const cookie of cookies) expect((await tokenFor(cookie, auth)).status).toBe(401);
    expect((await tokenFor(cookieOf(answer), auth)).status).toBe(200);
  });

  test("set twice at the same moment is set once: the other one gave a password that is the old one", async () => {
    const ada = await signUp(auth);
    const elsewhere = cookieOf(await signIn(ada.email, password));
    const answers = await Promise.all([
      change(ada.cookie),
      change(elsewhere, { newPassword: "a thief's new phrase" }),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect([400, 401]).toContain(statuses.find((status) => status !== 200));
    expect(await sessionIds(ada.id)).toHaveLength(1);
  });

  test("and a deletion with the old one do not both succeed, and neither waits for the other for ever", async () => {
    for (let trial = 0; trial < 5; trial += 1) {
      const ada = await signUp(auth);
      const elsewhere = cookieOf(await signIn(ada.email, password));
      const [deleted, changed] = await Promise.all([
        auth.handler(post("/delete-user", { password }, { Cookie: elsewhere })),
        change(ada.cookie),
        signIn(ada.email, password),
      ]);
      const there = await database.client.user.count({ where: { id: ada.id } });
      expect(deleted.status === 200).toBe(there === 0);
      if (there === 1) expect(changed.status).toBe(200);
      for (const { status } of [deleted, changed]) expect([200, 400, 401]).toContain(status);
    }
  });

  test("set in the database by hand ends all sessions too", async () => {
    const [ada, bob] = [await signUp(auth), await signUp(auth)];
    await database.client.$executeRaw`
      UPDATE "account" SET "password" = 'another' WHERE "userId" = ${ada.id}`;
    expect((await tokenFor(ada.cookie, auth)).status).toBe(401);
    expect((await tokenFor(bob.cookie, auth)).status).toBe(200);
  });
});

describe("the database refuses a session", () => {
  const insert = (userId: string, passwordFingerprint: string | null) =>
    database.client.session.create({
      data: {
        id: crypto.randomUUID(),
        token: crypto.randomUUID(),
        userId,
        expiresAt: new Date(Date.now() + 60_000),
        passwordFingerprint,
      },
    });

  test("that was made with another password than the current one, and no other", async () => {
    const ada = await signUp(auth);
    await expect(insert(ada.id, "of another")).rejects.toThrow();
    const [row] = await database.client.session.findMany({ where: { userId: ada.id } });
    await insert(ada.id, row?.passwordFingerprint ?? "");
    // Somebody without a password.
    const { id } = await createUser(database.db);
    await insert(id, "of none");
  });

  test("which is answered like any wrong password", async () => {
    const ada = await signUp(auth);
    const { client } = database;
    await client.$executeRawUnsafe(`
      CREATE FUNCTION overtake() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE "account" SET "password" = 'another' WHERE "userId" = NEW."userId"; RETURN NEW; END $$`);
    await client.$executeRawUnsafe(
      `CREATE TRIGGER a_overtake BEFORE INSERT ON "session" FOR EACH ROW EXECUTE FUNCTION overtake()`,
    );
    const answer = await signIn(ada.email, password);
    await client.$executeRawUnsafe(`DROP TRIGGER a_overtake ON "session"`);
    expect(await codeOf(answer)).toEqual([401, "INVALID_EMAIL_OR_PASSWORD"]);
    expect(answer.headers.getSetCookie().join()).not.toContain("session_token=ey");
  });
});
