import { ACCESS_TOKEN_LIFETIME_SECONDS, createVerifier } from "@taskbridge/bridge";
import { followRevocations } from "@taskbridge/db";
import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { authOf, baseUrl, post, secret, signUp, tokenFor } from "./support.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const MINUTE_MS = 60_000;
const DAY_SECONDS = 86_400;

// The migration and the bridge each have the number and cannot read it from one another.
test("a revocation is kept for a day, by the database's clock", async () => {
  const { db, client } = database;
  const { id: userId } = await createUser(db);
  const expiresAt = new Date(Date.now() + MINUTE_MS);
  await client.session.create({ data: { id: "s", token: "t", userId, expiresAt } });
  await client.session.delete({ where: { id: "s" } });
  const [row] = await client.$queryRaw<{ kept: number }[]>`
    SELECT extract(epoch FROM "expiresAt" - clock_timestamp())::int AS kept
    FROM "revoked_session" WHERE "sessionId" = 's'`;
  expect(row?.kept).toBeGreaterThan(DAY_SECONDS - 60);
  expect(row?.kept).toBeGreaterThan(2 * ACCESS_TOKEN_LIFETIME_SECONDS);
});

test.each([14, 60, 20 * 60])(
  "a clock set back by %i minutes makes no token of an ended session good again",
  async (minutes) => {
    const auth = authOf({ db: database.db });
    const [ada, bob] = [await signUp(auth), await signUp(auth)];
    const [ended, going] = [await tokenFor(ada.cookie, auth), await tokenFor(bob.cookie, auth)];
    await auth.handler(post("/sign-out", {}, { Cookie: ada.cookie }));

    // The host's own time goes on all the while; what its clock says is another matter.
    let passedMs = 0;
    const now = () => performance.now() + passedMs;
    const follower = await followRevocations(database.url, { pollMs: 20, now });
    const clock = { now: () => Date.now() + passedMs };
    const { verify } = createVerifier({
      secret,
      issuer: baseUrl,
      isRevoked: follower.isRevoked,
      now: () => clock.now(),
    });
    await expect(verify(ended.token)).rejects.toMatchObject({ code: "token_revoked" });

    passedMs = (minutes + 2) * MINUTE_MS;
    // Its sweep has come by.
    await vi.waitFor(() => expect(follower.isRevoked("nobody")).toBe(false), 5_000);
    await expect(verify(going.token)).rejects.toMatchObject({ code: "token_expired" });
    clock.now = () => Date.now() + 2 * MINUTE_MS;
    expect((await verify(going.token)).userId).toBe(bob.id);
    await expect(verify(ended.token)).rejects.toMatchObject({ code: "token_revoked" });
    await follower.stop();
  },
);
