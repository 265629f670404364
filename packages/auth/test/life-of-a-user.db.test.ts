import { Prisma } from "@taskbridge/db";
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

const signIn = (email: string) => auth.handler(post("/sign-in/email", { email, password }));

/** In every table that says whose its rows are: how many are this user's. */
async function rowsOf(userId: string): Promise<Record<string, number>> {
  const { client: db } = database;
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'userId' ORDER BY table_name`;
  const counts = tables.map(async ({ name }) => {
    const [row] = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM ${Prisma.raw(`"${name}"`)} WHERE "userId" = ${userId}`;
    return [name, row?.count];
  });
  const users = await db.user.count({ where: { id: userId } });
  return { ...Object.fromEntries(await Promise.all(counts)), user: users };
}

/** Somebody with rows in every table. */
async function somebody() {
  const person = await signUp(auth);
  await signIn(person.email);
  const userId = person.id;
  const title = { title: "Theirs", titleKey: "theirs" };
  await database.client.task.createMany({
    data: [
      { id: crypto.randomUUID(), userId, ...title },
      { id: crypto.randomUUID(), userId, ...title, deletedAt: new Date() },
    ],
  });
  const expiresAt = new Date(Date.now() + 60_000);
  const fingerprint = "f";
  await database.client.idempotencyRecord.create({
    data: { userId, key: "k", fingerprint, expiresAt },
  });
  return person;
}

const deleteUser = (cookie: string) =>
  auth.handler(post("/delete-user", { password }, { Cookie: cookie }));

describe("deleting a user", () => {
  test("deletes all rows of that user, and none of another", async () => {
    const [ada, bob] = [await somebody(), await somebody()];
    const before = await rowsOf(bob.id);
    // A table that is added later has to be filled above.
    expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([]);
    expect(await rowsOf(ada.id)).toEqual(before);

    const response = await deleteUser(ada.cookie);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ success: true, message: "User deleted" });
    expect(Object.values(await rowsOf(ada.id)).filter((count) => count !== 0)).toEqual([]);
    expect(await rowsOf(bob.id)).toEqual(before);
    expect((await tokenFor(ada.cookie, auth)).status).toBe(401);
    expect((await signIn(ada.email)).status).toBe(401);
    expect((await tokenFor(bob.cookie, auth)).status).toBe(200);
  });

  test("is one transaction: where it fails, everything is still there", async () => {
    const ada = await somebody();
    const before = await rowsOf(ada.id);
    const { client: db } = database;
    await db.$executeRawUnsafe(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'not now'; END $$`);
    await db.$executeRawUnsafe(`
      CREATE TRIGGER refuse AFTER DELETE ON "account" FOR EACH ROW EXECUTE FUNCTION refuse()`);
    await expect(deleteUser(ada.cookie)).rejects.toThrow();
    expect(await rowsOf(ada.id)).toEqual(before);
    expect((await tokenFor(ada.cookie, auth)).status).toBe(200);

    await db.$executeRawUnsafe(`DROP TRIGGER refuse ON "account"`);
    expect((await deleteUser(ada.cookie)).status).toBe(200);
  });

  test("at the same moment twice is done once, and neither fails", async () => {
    const ada = await somebody();
    const answers = await Promise.all(Array.from({ length: 5 }, () => deleteUser(ada.cookie)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(200);
    for (const status of statuses) expect([200, 400, 401]).toContain(status);
  });

  test("wants the password, whole and right", async () => {
    const ada = await somebody();
    for (const wrong of ["not the password", `${password} `]) {
      const request = post("/delete-user", { password: wrong }, { Cookie: ada.cookie });
      expect((await auth.handler(request)).status).toBe(400);
    }
    expect((await rowsOf(ada.id)).user).toBe(1);
  });

  test("while they sign in is no failure: they are signed in, or there is no such account", async () => {
    for (let trial = 0; trial < 5; trial += 1) {
      const ada = await signUp(auth);
      const signIns = Array.from({ length: 4 }, () => signIn(ada.email));
      const deleted = deleteUser(ada.cookie);
      for (const { status } of await Promise.all(signIns)) expect([200, 401]).toContain(status);
      expect((await deleted).status).toBe(200);
      expect(Object.values(await rowsOf(ada.id)).filter((count) => count !== 0)).toEqual([]);
    }
  });
});

describe("signing in", () => {
  test("takes no session that was there before: not a made-up one, nor another person's", async () => {
    const [ada, eve] = [await signUp(auth), await signUp(auth)];
    for (const planted of [eve.cookie, "better-auth.session_token=planted", `${ada.cookie}x`]) {
      const headers = { Cookie: planted };
      const response = await auth.handler(
        post("/sign-in/email", { email: ada.email, password }, headers),
      );
      expect(response.status).toBe(200);
      const [cookie = ""] = response.headers.getSetCookie();
      const session = await auth.getSession(new Headers({ Cookie: cookie.split(";")[0] ?? "" }));
      expect(session?.user.id).toBe(ada.id);
      for (const known of [eve.cookie, planted, ada.cookie]) expect(cookie).not.toContain(known);
      // Whoever planted theirs has it still, and it is theirs.
      const theirs = await auth.getSession(new Headers({ Cookie: eve.cookie }));
      expect(theirs?.user.id).toBe(eve.id);
    }
    expect(await database.client.session.count({ where: { userId: ada.id } })).toBe(4);
  });

  test("twice makes two sessions, and a sign-out ends one", async () => {
    const ada = await signUp(auth);
    const second = await signIn(ada.email);
    const cookie = second.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    expect(cookie).not.toBe(ada.cookies[0]);
    await auth.handler(post("/sign-out", {}, { Cookie: ada.cookie }));
    expect((await tokenFor(ada.cookie, auth)).status).toBe(401);
    expect((await tokenFor(cookie, auth)).status).toBe(200);
  });
});

describe("the session's cookie", () => {
  test("is out of reach for scripts and for other sites' requests", async () => {
    const { headers } = await signIn((await signUp(auth)).email);
    const [cookie = "", ...others] = headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(
      /^better-auth\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  test("is for https alone where the app is reached by https", async () => {
    const baseUrl = "https://tasks.example.com";
    const secure = authOf({ db: database.db, baseUrl, trustedOrigins: [baseUrl] });
    const { email } = await signUp(auth);
    const request = post("/sign-in/email", { email, password }, { Origin: baseUrl });
    const [cookie = ""] = (await secure.handler(request)).headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-better-auth\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const name = { headers: new Headers({ Cookie: cookie.split(";")[0] ?? "" }) };
    expect((await secure.getSession(name.headers))?.user.email).toBe(email);
    // One that was set without https is another cookie, and is not looked at.
    const plain = new Headers({ Cookie: cookie.split(";")[0]?.replace("__Host-", "") ?? "" });
    expect(await secure.getSession(plain)).toBeNull();
  });

  test("is taken back at sign-out", async () => {
    const { cookie } = await signUp(auth);
    const { headers } = await auth.handler(post("/sign-out", {}, { Cookie: cookie }));
    for (const cleared of headers.getSetCookie()) expect(cleared).toContain("Max-Age=0");
    expect((await auth.handler(get("/get-session", cookie))).status).toBe(200);
    expect(await auth.getSession(new Headers({ Cookie: cookie }))).toBeNull();
  });
});
