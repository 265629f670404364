import { ACCESS_TOKEN_LIFETIME_SECONDS, CLOCK_TOLERANCE_SECONDS } from "@taskbridge/bridge";
import { createUser, testDatabase } from "@taskbridge/db/testing";
import { expect, test } from "vitest";

// The migration and the bridge each have the number and cannot read it from one another.
test("a revocation is kept for longer than any token of the session lives", async () => {
  const { db, client, drop } = await testDatabase();
  const { id: userId } = await createUser(db);
  const expiresAt = new Date(Date.now() + 60_000);
  await client.session.create({ data: { id: "s", token: "t", userId, expiresAt } });
  await client.session.delete({ where: { id: "s" } });
  const row = await client.revokedSession.findUniqueOrThrow({ where: { sessionId: "s" } });
  const keptSeconds = (row.expiresAt.getTime() - row.revokedAt.getTime()) / 1000;
  expect(keptSeconds).toBeGreaterThan(ACCESS_TOKEN_LIFETIME_SECONDS + CLOCK_TOLERANCE_SECONDS);
  await drop();
});
