import { isForeignKeyViolation, isUniqueViolation } from "@taskbridge/db";
import type { PrismaClient } from "@taskbridge/db/bare-client";
import { APIError } from "better-auth/api";

/**
 * The client for Better Auth, whose checks are made before its writes: another request may come in
 * between. Its own refusals are given for what the database then refuses.
 */
export const withRacesRefused = (db: PrismaClient): PrismaClient =>
  db.$extends({
    query: {
      user: {
        create: ({ args, query }) =>
          query(args).catch((error: unknown) => {
            throw isUniqueViolation(error) ? emailTaken() : error;
          }),
      },
      session: {
        create: ({ args, query }) =>
          query(args).catch((error: unknown) => {
            throw isForeignKeyViolation(error) ? noSuchAccount() : error;
          }),
      },
    },
  }) as unknown as PrismaClient;

/** Signed up at the same moment by somebody else, or by the same person twice. */
const emailTaken = () =>
  new APIError("UNPROCESSABLE_ENTITY", {
    code: "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
    message: "User already exists. Use another email.",
  });

/** Deleted while the password was being checked. */
const noSuchAccount = () =>
  new APIError("UNAUTHORIZED", {
    code: "INVALID_EMAIL_OR_PASSWORD",
    message: "Invalid email or password",
  });

/**
 * Better Auth deletes sessions, then accounts, then the user, each by itself: stopped in between, it
 * would leave a user whom nobody can sign in as. This one statement takes all rows of the user along
 * (ON DELETE CASCADE), and leaves Better Auth nothing to delete.
 */
export const deletingAtOnce = (db: PrismaClient) => ({
  enabled: true,
  beforeDelete: async ({ id }: { id: string }) => {
    await db.user.deleteMany({ where: { id } });
  },
});
