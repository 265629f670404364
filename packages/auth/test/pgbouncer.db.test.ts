import { createDb, type Db } from "@taskbridge/db";
import {
  findPgBouncer,
  type PgBouncer,
  startPgBouncer,
  type TestDatabase,
  testDatabase,
} from "@taskbridge/db/testing";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { authOf, get, password, post, read, signUp, tokenFor } from "./support.ts";

const testable = inject("testBase").kind === "postgres" && findPgBouncer() !== null;

describe.skipIf(!testable)("behind PgBouncer, by transaction,", () => {
  let database: TestDatabase;
  let pooler: PgBouncer;
  let db: Db;
  beforeAll(async () => {
    database = await testDatabase();
    pooler = await startPgBouncer(database.url);
    db = createDb(pooler.url);
  });
  afterAll(async () => {
    await db.close();
    await pooler.stop();
    await database.drop();
  });

  test.each(["HS256", "EdDSA"] as const)(
    "many sign up, in and out at once (%s)",
    async (algorithm) => {
      const auth = authOf({ db, algorithm, rateLimit: true });
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          const ada = await signUp(auth);
          const signedIn = await auth.handler(
            post("/sign-in/email", { email: ada.email, password }),
          );
          expect(signedIn.status).toBe(200);
          const { token } = await tokenFor(ada.cookie, auth);
          expect(read(token).claims.sub).toBe(ada.id);
          const out = await auth.handler(post("/sign-out", {}, { Cookie: ada.cookie }));
          expect(out.status).toBe(200);
          const session = await auth.handler(get("/get-session", ada.cookie));
          expect(await session.json()).toBeNull();
        }),
      );
    },
  );
});
