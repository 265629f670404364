import { type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Auth } from "../src/index.ts";
import { authOf, get, password, post, signUp, tokenFor } from "./support.ts";

let database: TestDatabase;
let auth: Auth;

beforeAll(async () => {
  database = await testDatabase();
  auth = authOf({ db: database.db });
});

afterAll(() => database.drop());

const HOUR_MS = 3_600_000;

/** Makes a session look as if it had begun, and been used last, a while ago. */
async function age(userId: string, hours: number) {
  const past = new Date(Date.now() - hours * HOUR_MS);
  const expiresAt = new Date(past.getTime() + 7 * 24 * HOUR_MS);
  await database.client.session.updateMany({
    where: { userId },
    data: { createdAt: past, updatedAt: past, expiresAt },
  });
}

const sessionOf = (userId: string) =>
  database.client.session.findFirstOrThrow({ where: { userId } });

test("people see their own sessions, and nobody else's, days after they signed in", async () => {
  const ada = await signUp(auth);
  const bob = await signUp(auth);
  await age(ada.id, 50);
  const response = await auth.handler(get("/list-sessions", ada.cookie));
  expect(response.status).toBe(200);
  const listed: { id: string; userId: string }[] = await response.json();
  expect(listed.map(({ userId }) => userId)).toEqual([ada.id]);

  // What one cannot see one cannot end either, not even knowing its name.
  const { token } = await sessionOf(bob.id);
  await auth.handler(post("/revoke-session", { token }, { Cookie: ada.cookie }));
  expect((await tokenFor(bob.cookie, auth)).status).toBe(200);
});

test.each([
  ["no password", {}, "PASSWORD_REQUIRED"],
  ["an empty one", { password: "" }, "PASSWORD_REQUIRED"],
  ["a wrong one", { password: `${password}?` }, "INVALID_PASSWORD"],
])("an account is not deleted with %s, however fresh the session", async (_, body, code) => {
  const ada = await signUp(auth);
  const response = await auth.handler(post("/delete-user", body, { Cookie: ada.cookie }));
  expect([response.status, (await response.json()).code]).toEqual([400, code]);
  expect(await database.client.user.count({ where: { id: ada.id } })).toBe(1);
});

test("an account is deleted with its password, and no other one", async () => {
  const ada = await signUp(auth);
  const bob = await signUp(auth);
  const response = await auth.handler(post("/delete-user", { password }, { Cookie: ada.cookie }));
  expect(response.status).toBe(200);
  expect(await database.client.user.count({ where: { id: { in: [ada.id, bob.id] } } })).toBe(1);
  expect((await tokenFor(bob.cookie, auth)).status).toBe(200);
});

test("drawing a page leaves a session as it is; fetching a token prolongs it, with its cookie", async () => {
  const ada = await signUp(auth);
  await age(ada.id, 1);
  const before = await sessionOf(ada.id);
  await auth.getSession(new Headers({ Cookie: ada.cookie }));
  expect(await sessionOf(ada.id)).toEqual(before);

  const response = await auth.handler(get("/token", ada.cookie));
  expect(response.headers.getSetCookie().join()).toContain("session_token=");
  const after = await sessionOf(ada.id);
  expect(after.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
  expect(after.expiresAt.getTime()).toBeGreaterThan(before.expiresAt.getTime());
  expect(after.id).toBe(before.id);

  const again = await auth.handler(get("/token", ada.cookie));
  expect(again.headers.getSetCookie()).toEqual([]);
});
