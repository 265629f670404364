import { deletedForGood, Prisma } from "@taskbridge/db";

/** Which deleted tasks can be brought back: the others are as if they were purged already. */
export const restorable = (now: Date): Prisma.Sql =>
  Prisma.sql`"deletedAt" > ${deletedForGood(now).toISOString()}::timestamptz`;
