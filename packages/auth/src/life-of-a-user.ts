import { isCheckViolation, isForeignKeyViolation, isUniqueViolation, Prisma } from "@taskbridge/db";
import type { PrismaClient } from "@taskbridge/db/bare-client";
import { APIError } from "better-auth/api";
import type { ProvenPasswords } from "./proven-password.ts";

/**
 * The client for Better Auth, whose checks are made before its writes: another request may come in
 * between. Its own refusals are given for what the database then refuses.
 */
export const withRacesRefused = (db: PrismaClient, proven: ProvenPasswords): PrismaClient =>
  db.$extends({
    query: {
      user: {
        create: ({ args, query }) =>
          query(args).catch((error: unknown) => {
            throw isUniqueViolation(error) ? emailTaken() : error;
          }),
      },
      account: {
        create: async ({ args, query }) => {
          const row = await query(args);
          if (args.data.password) proven.prove(args.data.password);
          return row;
        },
        update: async ({ args, query }) => {
          const { password } = args.data;
          if (typeof password !== "string") return query(args);
          // Of two changes at the same moment one comes later, and was given a password that is the old one by now.
          const where = { ...args.where, password: proven.hash() ?? null };
          const row = await query({ ...args, where }).catch((error: unknown) => {
            throw isNotFound(error) ? wrongPassword() : error;
          });
          proven.prove(password);
          return row;
        },
      },
      session: {
        create: ({ args, query }) => {
          // Left out, it is by the database's clock.
          const { createdAt: _, ...data } = args.data;
          return query({
            ...args,
            data: { ...data, passwordFingerprint: proven.fingerprint() },
          } as typeof args).catch((error: unknown) => {
            throw isForeignKeyViolation(error) || isCheckViolation(error)
              ? wrongEmailOrPassword()
              : error;
          });
        },
      },
    },
  }) as unknown as PrismaClient;

const isNotFound = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2025";

/** Signed up at the same moment by somebody else, or by the same person twice. */
const emailTaken = () =>
  new APIError("UNPROCESSABLE_ENTITY", {
    code: "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
    message: "User already exists. Use another email.",
  });

/** Deleted, or given a new password, while the one that was sent was being checked. */
const wrongEmailOrPassword = () =>
  new APIError("UNAUTHORIZED", {
    code: "INVALID_EMAIL_OR_PASSWORD",
    message: "Invalid email or password",
  });

/** The same, where somebody is signed in. */
const wrongPassword = () =>
  new APIError("BAD_REQUEST", { code: "INVALID_PASSWORD", message: "Invalid password" });

/**
 * Better Auth deletes sessions, then accounts, then the user, each by itself: stopped in between, it
 * would leave a user whom nobody can sign in as. This one statement takes all rows of the user along
 * (ON DELETE CASCADE), and leaves Better Auth nothing to delete. None are taken where the password that
 * was sent is not the current one any more.
 */
export const deletingAtOnce = (db: PrismaClient, proven: ProvenPasswords) => ({
  enabled: true,
  beforeDelete: async ({ id }: { id: string }) => {
    const password = proven.hash() ?? null;
    const { count } = await db.user.deleteMany({ where: { id, accounts: { some: { password } } } });
    if (count === 0) throw wrongPassword();
  },
});
